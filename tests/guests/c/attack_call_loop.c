// Calls the host forever, a cheap call each time: the host must be able to end it from outside.
//
// expect: endless
// compare:
// stdout: "calling\n"
#include "guest.h"

int main(void) {
    struct timespec now;
    say("calling");
    fflush(stdout);
    for (;;) {
        clock_gettime(CLOCK_MONOTONIC, &now);
    }
}
