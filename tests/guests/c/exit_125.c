// Ends with status 125 from inside a function, after the output was flushed.
//
// expect: exit=125
// compare: builtin native
// stdout: "ending with 125\n"
#include "guest.h"

static void end(void) {
    say("ending with 125");
    exit(125);
}

int main(void) {
    end();
    say("never printed");
}
