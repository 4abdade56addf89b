/* Waits until a moment on a clock. wasi-libc's clocks are pointers; its sources of pthread keep a number, which is Linux's. */
#include "threads.h"
#include <time.h>

static clockid_t clock_of(int number) { return number == 1 ? CLOCK_MONOTONIC : CLOCK_REALTIME; }

int pthread_condattr_setclock(pthread_condattr_t *attribute, clockid_t clock)
{
    if (clock != CLOCK_REALTIME && clock != CLOCK_MONOTONIC)
        return EINVAL;
    attribute->__attr = (attribute->__attr & 0x80000000u) | (clock == CLOCK_MONOTONIC);
    return 0;
}

int pthread_condattr_getclock(const pthread_condattr_t *restrict attribute, clockid_t *restrict clock)
{
    *clock = clock_of(attribute->__attr & 0x7fffffff);
    return 0;
}

/* The clock is the number, or a pointer as it is. */
int __timedwait_cp(volatile int *word, int value, clockid_t clock, const struct timespec *until, int private)
{
    (void)private;
    struct timespec left;
    if (until != NULL) {
        if (until->tv_nsec < 0 || until->tv_nsec >= 1000000000 || __clock_gettime((uintptr_t)clock < 2 ? clock_of((int)(uintptr_t)clock) : clock, &left) != 0)
            return EINVAL;
        left.tv_sec = until->tv_sec - left.tv_sec;
        left.tv_nsec = until->tv_nsec - left.tv_nsec;
        if (left.tv_nsec < 0) {
            left.tv_sec--;
            left.tv_nsec += 1000000000;
        }
        if (left.tv_sec < 0)
            return ETIMEDOUT;
    }
    int error = -(int)(__syscall_cp)(SYS_futex, (long)word, FUTEX_WAIT, value, until == NULL ? 0 : (long)&left, 0, 0);
    return error == EINTR || error == ETIMEDOUT || error == ECANCELED ? error : 0;
}

int __timedwait(volatile int *word, int value, clockid_t clock, const struct timespec *until, int private)
{
    int before;
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &before);
    int error = __timedwait_cp(word, value, clock, until, private);
    pthread_setcancelstate(before, NULL);
    return error;
}
