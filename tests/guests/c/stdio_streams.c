// Standard output and error are two streams; each is flushed in its order; a closed one is EBADF.
//
// expect: exit=0
// compare: builtin native
// stdout: "to stdout\nby write\nerror after close: EBADF\ndone\n"
#include "guest.h"

int main(void) {
    say("to stdout");
    fflush(stdout);
    if (write(1, "by write\n", 9) != 9) {
        fail("write", "9");
    }
    fprintf(stderr, "to stderr\n");
    close(2);
    want("error after close", outcome(write(2, "x", 1)), EBADF);
    return finish();
}
