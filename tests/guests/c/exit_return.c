// The value that main returns is the status.
//
// expect: exit=3
// compare: builtin native
// stdout: "returning 3\n"
#include "guest.h"

int main(void) {
    say("returning 3");
    return 3;
}
