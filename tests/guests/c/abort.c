// abort() is a trap, not an exit: what was flushed before it is there.
// Natively it is SIGABRT; the lines are the same.
//
// expect: trap=unreachable
// compare: builtin native
// stdout: "before\n"
#include "guest.h"

int main(void) {
    say("before");
    fflush(stdout);
    abort();
}
