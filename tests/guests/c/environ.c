// The environment holds what was granted, in order, and nothing else: no variable of the host's comes in.
// The native run is given exactly these variables.
//
// env: FIRST=one
// env: EMPTY=
// env: EQUALS=a=b=c
// env: SPACES=two  words
// env: UTF8=€
// expect: exit=0
// compare: builtin native
// stdout: "FIRST=one\nEMPTY=\nEQUALS=a=b=c\nSPACES=two  words\nUTF8=\xe2\x82\xac\nEQUALS: a=b=c\nno PATH: yes\nset, then read: new\ndone\n"
#include "guest.h"

extern char **environ;

int main(void) {
    for (char **variable = environ; variable != NULL && *variable != NULL; variable++) {
        say("%s", *variable);
    }
    text("EQUALS", getenv("EQUALS"), "a=b=c");
    check("no PATH", getenv("PATH") == NULL);
    setenv("FIRST", "new", 1);
    text("set, then read", getenv("FIRST"), "new");
    return finish();
}
