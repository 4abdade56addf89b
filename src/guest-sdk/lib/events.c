/* Descriptors that are events: eventfd, signalfd, timerfd, inotify. */
#include "internal.h"
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <unistd.h>

int eventfd(unsigned int initial, int flags)
{
    uint32_t host_flags;
    if (!marcotte_host_fdflags(flags & ~EFD_SEMAPHORE, 0, &host_flags))
        return fail(EINVAL);
    if (!marcotte_host()) {
        int32_t fd;
        int error = marcotte_fd_event(initial, flags & EFD_SEMAPHORE, &fd);
        if (error != 0)
            return fail(error);
        if (flags & O_CLOEXEC)
            marcotte_fd_fdflags_set(fd, 1);
        if (flags & O_NONBLOCK)
            (void)!__wasi_fd_fdstat_set_flags(fd, __WASI_FDFLAGS_NONBLOCK);
        return fd;
    }
    REQUEST(r, MARCOTTE_OP_EVENTFD, 16);
    put64(&r, initial);
    put32(&r, host_flags | (uint32_t)(flags & EFD_SEMAPHORE));
    return marcotte_ask(&r);
}

int eventfd_read(int fd, eventfd_t *value) { return read(fd, value, sizeof *value) == sizeof *value ? 0 : -1; }
int eventfd_write(int fd, eventfd_t value) { return write(fd, &value, sizeof value) == sizeof value ? 0 : -1; }

int signalfd(int fd, const sigset_t *set, int flags)
{
    uint32_t host_flags;
    if (!marcotte_host_fdflags(flags, 0, &host_flags))
        return fail(EINVAL);
    REQUEST(r, MARCOTTE_OP_SIGNALFD, 32);
    put32(&r, (uint32_t)fd);
    put64(&r, set->__bits);
    put32(&r, host_flags);
    return marcotte_ask(&r);
}

int timerfd_create(clockid_t clock, int flags)
{
    uint32_t host_flags;
    if (!marcotte_host_fdflags(flags, 0, &host_flags) || (clock != CLOCK_REALTIME && clock != CLOCK_MONOTONIC))
        return fail(EINVAL);
    REQUEST(r, MARCOTTE_OP_TIMERFD, 16);
    put32(&r, clock == CLOCK_MONOTONIC);
    put32(&r, host_flags);
    return marcotte_ask(&r);
}

static int64_t nanoseconds(const struct timespec *time) { return time->tv_sec * 1000000000 + time->tv_nsec; }
static bool valid(const struct timespec *time) { return time->tv_sec >= 0 && time->tv_nsec >= 0 && time->tv_nsec < 1000000000; }

static int timer(int fd, uint32_t set, int flags, const struct itimerspec *next, struct itimerspec *now)
{
    int64_t reply[2];
    if (set && (!valid(&next->it_value) || !valid(&next->it_interval)))
        return fail(EINVAL);
    REQUEST(r, MARCOTTE_OP_TIMERFD_TIME, 48);
    put32(&r, (uint32_t)fd);
    put32(&r, set);
    put32(&r, (uint32_t)flags & TFD_TIMER_ABSTIME);
    put64(&r, set ? (uint64_t)nanoseconds(&next->it_interval) : 0);
    put64(&r, set ? (uint64_t)nanoseconds(&next->it_value) : 0);
    int error = marcotte_send(&r, reply, sizeof reply, NULL);
    if (error == 0 && now != NULL) {
        now->it_interval = (struct timespec) { reply[0] / 1000000000, (long)(reply[0] % 1000000000) };
        now->it_value = (struct timespec) { reply[1] / 1000000000, (long)(reply[1] % 1000000000) };
    }
    return done(error);
}

int timerfd_settime(int fd, int flags, const struct itimerspec *next, struct itimerspec *old) { return timer(fd, 1, flags, next, old); }
int timerfd_gettime(int fd, struct itimerspec *now) { return timer(fd, 0, 0, NULL, now); }

int inotify_init1(int flags)
{
    uint32_t host_flags;
    if (!marcotte_host_fdflags(flags, 0, &host_flags))
        return fail(EINVAL);
    REQUEST(r, MARCOTTE_OP_INOTIFY, 8);
    put32(&r, host_flags);
    return marcotte_ask(&r);
}

int inotify_init(void) { return inotify_init1(0); }

int inotify_add_watch(int fd, const char *path, uint32_t mask)
{
    REQUEST(r, MARCOTTE_OP_INOTIFY_ADD, PATH_ROOM);
    put32(&r, (uint32_t)fd);
    put32(&r, mask);
    put_text(&r, path);
    return marcotte_ask(&r);
}

int inotify_rm_watch(int fd, int watch)
{
    REQUEST(r, MARCOTTE_OP_INOTIFY_REMOVE, 16);
    put32(&r, (uint32_t)fd);
    put32(&r, (uint32_t)watch);
    return marcotte_do(&r, NULL, 0);
}
