// Sleeping takes at least as long as asked, by each of the calls, and a sleep of nothing returns at once.
//
// expect: exit=0
// compare: builtin native
#include "guest.h"

static long long nanoseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000000ll + now.tv_nsec;
}

int main(void) {
    struct timespec nap = {0, 30000000}, none = {0, 0}, left = {9, 9}, deadline;
    long long start = nanoseconds();
    want("nanosleep", outcome(nanosleep(&nap, &left)), 0);
    check("slept 30 ms", nanoseconds() - start >= 30000000);

    start = nanoseconds();
    want("usleep", outcome(usleep(10000)), 0);
    check("slept 10 ms", nanoseconds() - start >= 10000000);

    want("nothing", outcome(nanosleep(&none, NULL)), 0);

    clock_gettime(CLOCK_MONOTONIC, &deadline);
    start = nanoseconds();
    deadline.tv_nsec += 20000000;
    deadline.tv_sec += deadline.tv_nsec / 1000000000;
    deadline.tv_nsec %= 1000000000;
    want("until", clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &deadline, NULL), 0);
    check("slept until 20 ms later", nanoseconds() - start >= 20000000);
    want("until a moment past", clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &deadline, NULL), 0);
    return finish();
}
