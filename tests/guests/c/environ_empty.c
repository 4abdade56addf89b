// With no variable granted the environment is empty.
//
// expect: exit=0
// compare: builtin native
// stdout: "variables: 0\ndone\n"
#include "guest.h"

extern char **environ;

int main(void) {
    int count = 0;
    for (char **variable = environ; variable != NULL && *variable != NULL; variable++) {
        count++;
    }
    equal("variables", count, 0);
    return finish();
}
