// Ends with status 1 from inside a function, after the output was flushed.
//
// expect: exit=1
// compare: builtin native
// stdout: "ending with 1\n"
#include "guest.h"

static void end(void) {
    say("ending with 1");
    exit(1);
}

int main(void) {
    end();
    say("never printed");
}
