/* Timers that send signals. */
#include "internal.h"
#include <sys/time.h>
#include <unistd.h>

static int timer(int which, bool set, int64_t interval, int64_t value, int64_t reply[2])
{
    REQUEST(r, MARCOTTE_OP_ITIMER, 32);
    put32(&r, (uint32_t)which);
    put32(&r, set);
    put64(&r, (uint64_t)interval);
    put64(&r, (uint64_t)value);
    int error = marcotte_send(&r, reply, 2 * sizeof *reply, NULL);
    if (error == ENOSYS && set && which == ITIMER_REAL) {
        /* WASIX has one kind, in milliseconds, and no way to ask how much is left. */
        reply[0] = reply[1] = 0;
        error = marcotte_proc_raise_interval(SIGALRM, value == 0 ? 0 : value < 1000 ? 1 : value / 1000, interval != 0);
    }
    return error;
}

static bool microseconds(const struct timeval *time, int64_t *result)
{
    *result = time->tv_sec * 1000000 + time->tv_usec;
    return time->tv_sec >= 0 && time->tv_usec >= 0 && time->tv_usec < 1000000;
}

static void set(struct timeval *time, int64_t us) { *time = (struct timeval) { us / 1000000, us % 1000000 }; }

int setitimer(int which, const struct itimerval *restrict next, struct itimerval *restrict old)
{
    int64_t interval, value, reply[2];
    if (!microseconds(&next->it_interval, &interval) || !microseconds(&next->it_value, &value))
        return fail(EINVAL);
    int error = timer(which, true, interval, value, reply);
    if (error == 0 && old != NULL) {
        set(&old->it_interval, reply[0]);
        set(&old->it_value, reply[1]);
    }
    return done(error);
}

int getitimer(int which, struct itimerval *now)
{
    int64_t reply[2];
    int error = timer(which, false, 0, 0, reply);
    if (error == 0) {
        set(&now->it_interval, reply[0]);
        set(&now->it_value, reply[1]);
    }
    return done(error);
}

unsigned alarm(unsigned seconds)
{
    int64_t reply[2] = { 0, 0 };
    timer(ITIMER_REAL, true, 0, (int64_t)seconds * 1000000, reply);
    return (unsigned)((reply[1] + 999999) / 1000000);
}

useconds_t ualarm(useconds_t value, useconds_t interval)
{
    int64_t reply[2] = { 0, 0 };
    timer(ITIMER_REAL, true, interval, value, reply);
    return (useconds_t)reply[1];
}
