// Ends with status 255 from inside a function, after the output was flushed.
// The built-in rejects any status from 126 up, so it is left out.
//
// expect: exit=255
// compare: native
// stdout: "ending with 255\n"
#include "guest.h"

static void end(void) {
    say("ending with 255");
    exit(255);
}

int main(void) {
    end();
    say("never printed");
}
