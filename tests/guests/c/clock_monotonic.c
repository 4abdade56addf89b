// The monotonic clock never goes back in 10,000 readings.
//
// expect: exit=0
// compare: builtin native
#include "guest.h"

int main(void) {
    struct timespec last = {0, 0}, now;
    int back = 0, bad = 0;
    for (int i = 0; i < 10000; i++) {
        if (clock_gettime(CLOCK_MONOTONIC, &now) != 0 || now.tv_nsec < 0 || now.tv_nsec >= 1000000000) {
            bad++;
        }
        if (now.tv_sec < last.tv_sec || (now.tv_sec == last.tv_sec && now.tv_nsec < last.tv_nsec)) {
            back++;
        }
        last = now;
    }
    equal("bad readings", bad, 0);
    equal("steps back", back, 0);
    return finish();
}
