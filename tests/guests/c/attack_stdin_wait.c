// Waits for standard input that never comes and never ends (the host keeps it open): the host must be able to end it.
// With standard input that does end it ends too, with status 0.
//
// stdin: open
// expect: endless
// compare:
// stdout: "waiting\n"
#include "guest.h"

int main(void) {
    char byte;
    say("waiting");
    fflush(stdout);
    return read(0, &byte, 1) == 0 ? 0 : 1;
}
