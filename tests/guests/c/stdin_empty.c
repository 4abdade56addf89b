// Standard input that nobody gave is at its end at once.
//
// stdin: ""
// expect: exit=0
// compare: builtin native
#include "guest.h"

int main(void) {
    char byte;
    equal("read", read(0, &byte, 1), 0);
    equal("getchar", getchar(), EOF);
    return finish();
}
