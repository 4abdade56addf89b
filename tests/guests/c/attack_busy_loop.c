// Computes forever and never calls the host: the host must be able to end it from outside.
//
// expect: endless
// compare:
// stdout: "computing\n"
#include "guest.h"

int main(void) {
    say("computing");
    fflush(stdout);
    for (volatile unsigned i = 0;; i++) {
    }
}
