/* Sleeping, which a handler ends. */
#include "internal.h"
#include <time.h>
#include <unistd.h>

static int64_t now(clockid_t clock)
{
    struct timespec time;
    clock_gettime(clock, &time);
    return time.tv_sec * 1000000000 + time.tv_nsec;
}

static void set(struct timespec *time, int64_t ns)
{
    *time = (struct timespec) { ns < 0 ? 0 : ns / 1000000000, ns < 0 ? 0 : (long)(ns % 1000000000) };
}

int clock_nanosleep(clockid_t clock, int flags, const struct timespec *time, struct timespec *left)
{
    if (time->tv_nsec < 0 || time->tv_nsec >= 1000000000 || time->tv_sec < 0)
        return EINVAL;
    if (clock != CLOCK_REALTIME && clock != CLOCK_MONOTONIC)
        return ENOTSUP;
    int64_t wanted = time->tv_sec > INT64_MAX / 1000000000 - 1 ? INT64_MAX : time->tv_sec * 1000000000 + time->tv_nsec;
    if (flags & TIMER_ABSTIME)
        left = NULL;
    int64_t begin = left == NULL ? 0 : now(clock);
    __wasi_subscription_t asked = { 0 };
    asked.u.tag = __WASI_EVENTTYPE_CLOCK;
    asked.u.u.clock.id = clock == CLOCK_REALTIME ? __WASI_CLOCKID_REALTIME : __WASI_CLOCKID_MONOTONIC;
    asked.u.u.clock.timeout = (uint64_t)wanted;
    asked.u.u.clock.flags = flags & TIMER_ABSTIME ? __WASI_SUBCLOCKFLAGS_SUBSCRIPTION_CLOCK_ABSTIME : 0;
    __wasi_event_t event = { 0 };
    size_t count;
    int error = __wasi_poll_oneoff(&asked, &event, 1, &count);
    if (error == 0)
        error = event.error;
    if (error == EINTR && left != NULL)
        set(left, wanted - (now(clock) - begin));
    return error;
}

int nanosleep(const struct timespec *time, struct timespec *left)
{
    return done(clock_nanosleep(CLOCK_REALTIME, 0, time, left));
}

unsigned sleep(unsigned seconds)
{
    struct timespec time = { seconds, 0 };
    return nanosleep(&time, &time) == 0 ? 0 : (unsigned)(time.tv_sec + (time.tv_nsec >= 500000000));
}

int usleep(unsigned microseconds)
{
    struct timespec time = { microseconds / 1000000, (long)(microseconds % 1000000) * 1000 };
    return nanosleep(&time, NULL);
}
