/* poll and select, with and without a mask. */
#include "internal.h"
#include <poll.h>
#include <stdlib.h>
#include <sys/select.h>
#include <time.h>

/* Without a host that polls: preview 1's subscriptions, which know reading and writing alone. */
static int by_wasi(struct pollfd *fds, nfds_t count, int64_t timeout)
{
    __wasi_subscription_t *asked = calloc(2 * count + 1, sizeof *asked);
    __wasi_event_t *events = calloc(2 * count + 1, sizeof *events);
    size_t used = 0, found = 0;
    int error = ENOMEM, ready = 0;
    if (asked == NULL || events == NULL)
        goto out;
    for (nfds_t i = 0; i < count; i++) {
        fds[i].revents = 0;
        for (int writing = 0; fds[i].fd >= 0 && writing < 2; writing++) {
            if (!(fds[i].events & (writing ? POLLOUT | POLLWRNORM : POLLIN | POLLRDNORM)))
                continue;
            asked[used].userdata = i;
            asked[used].u.tag = writing ? __WASI_EVENTTYPE_FD_WRITE : __WASI_EVENTTYPE_FD_READ;
            asked[used++].u.u.fd_read.file_descriptor = fds[i].fd;
        }
    }
    if (timeout >= 0 || used == 0) {
        asked[used].userdata = count;
        asked[used].u.tag = __WASI_EVENTTYPE_CLOCK;
        asked[used].u.u.clock.id = __WASI_CLOCKID_MONOTONIC;
        asked[used++].u.u.clock.timeout = timeout < 0 ? INT64_MAX : timeout == 0 ? 1 : (uint64_t)timeout;
    }
    error = __wasi_poll_oneoff(asked, events, used, &found);
    for (size_t i = 0; error == 0 && i < found; i++) {
        if (events[i].type == __WASI_EVENTTYPE_CLOCK)
            continue;
        struct pollfd *fd = &fds[events[i].userdata];
        if (events[i].error != 0)
            fd->revents |= events[i].error == EBADF ? POLLNVAL : events[i].error == EPIPE ? POLLHUP : POLLERR;
        else
            fd->revents |= fd->events & (events[i].type == __WASI_EVENTTYPE_FD_READ ? POLLIN | POLLRDNORM : POLLOUT | POLLWRNORM);
        if (events[i].fd_readwrite.flags & __WASI_EVENTRWFLAGS_FD_READWRITE_HANGUP)
            fd->revents |= POLLHUP;
    }
    for (nfds_t i = 0; i < count; i++)
        ready += fds[i].revents != 0;
out:
    free(asked);
    free(events);
    return error == 0 ? ready : fail(error);
}

static int wait_for(struct pollfd *fds, nfds_t count, int64_t timeout, const sigset_t *mask)
{
    enum { few = 64, head = 4 + 8 + 4 + 8 + 4 };
    uint8_t small[head + 8 * few];
    uint32_t small_reply[1 + few];
    if (!marcotte_host())
        return by_wasi(fds, count, timeout);
    size_t room = head + 8 * count;
    uint8_t *bytes = count <= few ? small : malloc(room);
    uint32_t *reply = count <= few ? small_reply : malloc(sizeof *reply * (count + 1));
    int error = ENOMEM;
    if (bytes != NULL && reply != NULL) {
        struct request r;
        marcotte_begin(&r, bytes, room, MARCOTTE_OP_POLL);
        put64(&r, (uint64_t)timeout);
        put32(&r, mask != NULL);
        put64(&r, mask == NULL ? 0 : mask->__bits);
        put32(&r, (uint32_t)count);
        for (nfds_t i = 0; i < count; i++) {
            put32(&r, (uint32_t)fds[i].fd);
            put32(&r, (uint16_t)fds[i].events);
        }
        error = marcotte_send(&r, reply, sizeof *reply * (count + 1), NULL);
    }
    if (error == 0)
        for (nfds_t i = 0; i < count; i++)
            fds[i].revents = (short)reply[i + 1];
    int ready = error == 0 ? (int)reply[0] : 0;
    if (bytes != small)
        free(bytes);
    if (reply != small_reply)
        free(reply);
    return error == 0 ? ready : fail(error);
}

int poll(struct pollfd *fds, nfds_t count, int timeout)
{
    return wait_for(fds, count, timeout < 0 ? -1 : (int64_t)timeout * 1000000, NULL);
}

static bool nanoseconds(const struct timespec *time, int64_t *result)
{
    *result = -1;
    if (time == NULL)
        return true;
    if (time->tv_sec < 0 || time->tv_nsec < 0 || time->tv_nsec >= 1000000000)
        return false;
    *result = time->tv_sec > INT64_MAX / 1000000000 - 1 ? INT64_MAX : time->tv_sec * 1000000000 + time->tv_nsec;
    return true;
}

int ppoll(struct pollfd *fds, nfds_t count, const struct timespec *timeout, const sigset_t *mask)
{
    int64_t ns;
    return nanoseconds(timeout, &ns) ? wait_for(fds, count, ns, mask) : fail(EINVAL);
}

static int select_for(int count, fd_set *reading, fd_set *writing, fd_set *other, int64_t timeout, const sigset_t *mask)
{
    struct pollfd fds[FD_SETSIZE];
    nfds_t used = 0;
    if (count < 0 || count > FD_SETSIZE)
        return fail(EINVAL);
    for (int fd = 0; fd < count; fd++) {
        short events = (short)((reading != NULL && FD_ISSET(fd, reading) ? POLLIN : 0)
            | (writing != NULL && FD_ISSET(fd, writing) ? POLLOUT : 0) | (other != NULL && FD_ISSET(fd, other) ? POLLPRI : 0));
        if (events != 0)
            fds[used++] = (struct pollfd) { .fd = fd, .events = events };
    }
    if (wait_for(fds, used, timeout, mask) < 0)
        return -1;
    for (nfds_t i = 0; i < used; i++)
        if (fds[i].revents & POLLNVAL)
            return fail(EBADF);
    if (reading != NULL)
        FD_ZERO(reading);
    if (writing != NULL)
        FD_ZERO(writing);
    if (other != NULL)
        FD_ZERO(other);
    int bits = 0;
    for (nfds_t i = 0; i < used; i++) {
        int fd = fds[i].fd;
        if ((fds[i].events & POLLIN) && (fds[i].revents & (POLLIN | POLLHUP | POLLERR))) {
            FD_SET(fd, reading);
            bits++;
        }
        if ((fds[i].events & POLLOUT) && (fds[i].revents & (POLLOUT | POLLERR))) {
            FD_SET(fd, writing);
            bits++;
        }
        if ((fds[i].events & POLLPRI) && (fds[i].revents & POLLPRI)) {
            FD_SET(fd, other);
            bits++;
        }
    }
    return bits;
}

int pselect(int count, fd_set *restrict reading, fd_set *restrict writing, fd_set *restrict other,
    const struct timespec *restrict timeout, const sigset_t *restrict mask)
{
    int64_t ns;
    return nanoseconds(timeout, &ns) ? select_for(count, reading, writing, other, ns, mask) : fail(EINVAL);
}

int select(int count, fd_set *restrict reading, fd_set *restrict writing, fd_set *restrict other, struct timeval *restrict timeout)
{
    if (timeout == NULL)
        return select_for(count, reading, writing, other, -1, NULL);
    if (timeout->tv_sec < 0 || timeout->tv_usec < 0)
        return fail(EINVAL);
    struct timespec exact = { timeout->tv_sec + timeout->tv_usec / 1000000, (long)(timeout->tv_usec % 1000000) * 1000 }, begin, end;
    clock_gettime(CLOCK_MONOTONIC, &begin);
    int result = pselect(count, reading, writing, other, &exact, NULL);
    int saved = errno;
    clock_gettime(CLOCK_MONOTONIC, &end);
    /* As on Linux, what was not waited is left in the timeout. */
    int64_t left = (exact.tv_sec - (end.tv_sec - begin.tv_sec)) * 1000000 + (exact.tv_nsec - (end.tv_nsec - begin.tv_nsec)) / 1000;
    timeout->tv_sec = left < 0 ? 0 : left / 1000000;
    timeout->tv_usec = left < 0 ? 0 : left % 1000000;
    errno = saved;
    return result;
}
