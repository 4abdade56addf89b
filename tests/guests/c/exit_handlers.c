// atexit handlers run last first, and what stdio still holds is written; _Exit does neither.
//
// expect: exit=7
// compare: builtin native
// stdout: "in main\nsecond handler\nfirst handler\n"
#include "guest.h"

static void first(void) {
    say("first handler");
    fflush(stdout);
    fputs("lost in the buffer", stdout);
    _Exit(7);
}

static void second(void) {
    say("second handler");
}

int main(void) {
    setvbuf(stdout, NULL, _IOFBF, 4096);
    atexit(first);
    atexit(second);
    say("in main");
    return 0;
}
