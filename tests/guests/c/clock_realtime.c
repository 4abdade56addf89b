// The wall clock: it agrees with itself through every door, has nanoseconds below a second, and names a time after 1970.
// No value is printed, so that any clock a host gives will do.
//
// expect: exit=0
// compare: builtin native
#include "guest.h"
#include <sys/time.h>

int main(void) {
    struct timespec first, second;
    struct timeval middle;
    want("first", outcome(clock_gettime(CLOCK_REALTIME, &first)), 0);
    want("gettimeofday", outcome(gettimeofday(&middle, NULL)), 0);
    want("second", outcome(clock_gettime(CLOCK_REALTIME, &second)), 0);
    check("after the epoch", first.tv_sec > 0);
    check("nanoseconds in range", first.tv_nsec >= 0 && first.tv_nsec < 1000000000);
    check("gettimeofday lies between", middle.tv_sec >= first.tv_sec && middle.tv_sec <= second.tv_sec);
    check("time agrees", llabs((long long)time(NULL) - first.tv_sec) <= 2);
    return finish();
}
