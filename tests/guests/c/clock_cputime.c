// The process's and the thread's own clocks move while the guest computes and never go back.
// The built-in has neither (it answers EBADF), so it is left out.
//
// expect: exit=0
// compare: native
#include "guest.h"

static double seconds(clockid_t clock) {
    struct timespec now;
    return clock_gettime(clock, &now) == 0 ? now.tv_sec + now.tv_nsec / 1e9 : -1;
}

static void moves(const char *name, clockid_t clock) {
    volatile unsigned sum = 0;
    double before = seconds(clock), last = before, now = before;
    int back = 0;
    for (unsigned round = 0; round < 100000 && now - before < 0.01; round++) {
        for (unsigned i = 0; i < 100000; i++) {
            sum += i;
        }
        now = seconds(clock);
        back += now < last;
        last = now;
    }
    say("%s", name);
    check("readable", before >= 0);
    check("moved by 10 ms", now - before >= 0.01);
    equal("steps back", back, 0);
}

int main(void) {
    moves("process", CLOCK_PROCESS_CPUTIME_ID);
    moves("thread", CLOCK_THREAD_CPUTIME_ID);
    return finish();
}
