/* epoll: WASIX's, whose bits and order of commands are its own. */
#include "internal.h"
#include <poll.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <time.h>

/* events at 0, then the data at 8: ptr, fd, data1, data2. */
struct event {
    uint32_t events, zero;
    uint32_t ptr;
    int32_t fd;
    uint32_t data1, zero2;
    uint64_t data2;
};
_Static_assert(sizeof(struct event) == 32, "as in WASIX");

static const struct {
    uint32_t linux_bit, wasix_bit;
} bits[] = {
    { EPOLLIN, 1 }, { EPOLLOUT, 2 }, { EPOLLRDHUP, 4 }, { EPOLLPRI, 8 }, { EPOLLERR, 16 }, { EPOLLHUP, 32 }, { EPOLLET, 64 },
    { EPOLLONESHOT, 128 },
};

int epoll_create1(int flags)
{
    int32_t fd;
    if (flags & ~EPOLL_CLOEXEC)
        return fail(EINVAL);
    int error = marcotte_epoll_create(&fd);
    if (error == 0 && flags != 0)
        error = marcotte_fd_fdflags_set(fd, 1);
    return error == 0 ? fd : fail(error);
}

int epoll_create(int size) { return size <= 0 ? fail(EINVAL) : epoll_create1(0); }

int epoll_ctl(int epfd, int operation, int fd, struct epoll_event *event)
{
    struct event wasix = { 0 };
    if (operation < EPOLL_CTL_ADD || operation > EPOLL_CTL_MOD)
        return fail(EINVAL);
    if (operation != EPOLL_CTL_DEL) {
        for (size_t i = 0; i < sizeof bits / sizeof *bits; i++)
            if (event->events & bits[i].linux_bit)
                wasix.events |= bits[i].wasix_bit;
        wasix.fd = fd;
        wasix.data2 = event->data.u64;
    }
    int32_t command = operation == EPOLL_CTL_ADD ? 0 : operation == EPOLL_CTL_MOD ? 1 : 2;
    return done(marcotte_epoll_ctl(epfd, command, fd, &wasix));
}

int epoll_wait(int epfd, struct epoll_event *events, int room, int timeout)
{
    enum { most = 64 };
    struct event found[most];
    size_t count = 0;
    if (room <= 0)
        return fail(EINVAL);
    int error = marcotte_epoll_wait(epfd, found, room < most ? room : most, timeout < 0 ? -1 : (int64_t)timeout * 1000000, &count);
    if (error != 0)
        return fail(error);
    for (size_t i = 0; i < count; i++) {
        events[i].events = 0;
        for (size_t bit = 0; bit < sizeof bits / sizeof *bits; bit++)
            if (found[i].events & bits[bit].wasix_bit)
                events[i].events |= bits[bit].linux_bit;
        events[i].data.u64 = found[i].data2;
    }
    return (int)count;
}

int epoll_pwait(int epfd, struct epoll_event *events, int room, int timeout, const sigset_t *mask)
{
    if (mask == NULL)
        return epoll_wait(epfd, events, room, timeout);
    /* The mask and the wait are one call only in ppoll; an epoll that is readable has something to say. */
    struct pollfd fd = { .fd = epfd, .events = POLLIN };
    struct timespec time = { timeout / 1000, timeout % 1000 * 1000000L };
    int ready = ppoll(&fd, 1, timeout < 0 ? NULL : &time, mask);
    return ready <= 0 ? ready : epoll_wait(epfd, events, room, 0);
}
