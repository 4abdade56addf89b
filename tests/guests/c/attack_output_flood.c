// 64 MB to standard output without a pause: the host takes it, pushes back or ends the stream with an error. Memory that
// grows with what a guest prints is the host's, so it must have a bound.
//
// class: write buffering
// expect: exit=0
// compare:
#include "guest.h"

int main(void) {
    static char block[65536];
    long long written = 0;
    ssize_t count = 0;
    memset(block, 'x', sizeof block);
    for (size_t i = 63; i < sizeof block; i += 64) {
        block[i] = '\n';
    }
    while (written < 64 << 20 && (count = write(1, block, sizeof block)) > 0) {
        written += count;
    }
    fprintf(stderr, "%lld bytes, then %s\n", written, count > 0 ? "done" : error_name(errno));
    return 0;
}
