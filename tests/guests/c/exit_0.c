// Ends with status 0 from inside a function, after the output was flushed.
//
// expect: exit=0
// compare: builtin native
// stdout: "ending with 0\n"
#include "guest.h"

static void end(void) {
    say("ending with 0");
    exit(0);
}

int main(void) {
    end();
    say("never printed");
}
