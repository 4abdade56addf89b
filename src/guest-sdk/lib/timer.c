/* Timers that a process makes for itself. A timer_t is its number and one: null is none. */
#include "internal.h"
#include <time.h>

static int32_t number(timer_t timer) { return (int32_t)(intptr_t)timer - 1; }

static bool clock_number(clockid_t clock, uint32_t *result)
{
    *result = clock == CLOCK_REALTIME ? 0 : clock == CLOCK_MONOTONIC ? 1 : 2;
    return clock == CLOCK_REALTIME || clock == CLOCK_MONOTONIC || clock == CLOCK_PROCESS_CPUTIME_ID;
}

int timer_create(clockid_t clock, struct sigevent *restrict event, timer_t *restrict timer)
{
    uint32_t host_clock, value = 0;
    int32_t created, signal = SIGALRM;
    if (!clock_number(clock, &host_clock))
        return fail(clock == CLOCK_THREAD_CPUTIME_ID ? ENOTSUP : EINVAL);
    if (event != NULL) {
        if (event->sigev_notify != SIGEV_NONE && event->sigev_notify != SIGEV_SIGNAL)
            return fail(event->sigev_notify == SIGEV_THREAD ? ENOTSUP : EINVAL);
        signal = event->sigev_notify == SIGEV_NONE ? 0 : event->sigev_signo;
        value = (uint32_t)(uintptr_t)event->sigev_value.sival_ptr;
        if (event->sigev_notify == SIGEV_SIGNAL && (signal <= 0 || signal >= _NSIG))
            return fail(EINVAL);
    }
    REQUEST(r, MARCOTTE_OP_TIMER_CREATE, 16);
    put32(&r, host_clock);
    put32(&r, (uint32_t)signal);
    put32(&r, value);
    int error = marcotte_send(&r, &created, sizeof created, NULL);
    if (error == 0)
        *timer = (timer_t)(intptr_t)(created + 1);
    return done(error);
}

int timer_delete(timer_t timer)
{
    REQUEST(r, MARCOTTE_OP_TIMER_DELETE, 8);
    put32(&r, (uint32_t)number(timer));
    return marcotte_do(&r, NULL, 0);
}

static int64_t nanoseconds(const struct timespec *time) { return time->tv_sec * 1000000000 + time->tv_nsec; }
static bool valid(const struct timespec *time) { return time->tv_sec >= 0 && time->tv_nsec >= 0 && time->tv_nsec < 1000000000; }

static int run(timer_t timer, uint32_t set, int flags, const struct itimerspec *next, struct itimerspec *now, int32_t *overruns)
{
    struct {
        int64_t interval, value;
        int32_t overruns;
    } reply;
    if (set && (!valid(&next->it_value) || !valid(&next->it_interval)))
        return fail(EINVAL);
    REQUEST(r, MARCOTTE_OP_TIMER_TIME, 48);
    put32(&r, (uint32_t)number(timer));
    put32(&r, set);
    put32(&r, (uint32_t)(flags & TIMER_ABSTIME));
    put64(&r, set ? (uint64_t)nanoseconds(&next->it_interval) : 0);
    put64(&r, set ? (uint64_t)nanoseconds(&next->it_value) : 0);
    int error = marcotte_send(&r, &reply, 20, NULL);
    if (error == 0 && now != NULL) {
        now->it_interval = (struct timespec) { reply.interval / 1000000000, (long)(reply.interval % 1000000000) };
        now->it_value = (struct timespec) { reply.value / 1000000000, (long)(reply.value % 1000000000) };
    }
    if (overruns != NULL)
        *overruns = reply.overruns;
    return done(error);
}

int timer_settime(timer_t timer, int flags, const struct itimerspec *restrict next, struct itimerspec *restrict old) { return run(timer, 1, flags, next, old, NULL); }
int timer_gettime(timer_t timer, struct itimerspec *now) { return run(timer, 0, 0, NULL, now, NULL); }

int timer_getoverrun(timer_t timer)
{
    int32_t overruns;
    return run(timer, 0, 0, NULL, NULL, &overruns) == 0 ? overruns : -1;
}
