/* Calls that are cancellation points. The linker puts these before the functions of the same names (marcotte-cc lists them). */
#include <stdbool.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern _Thread_local bool marcotte_at_point;
void __testcancel(void);

static bool enter(void)
{
    bool before = marcotte_at_point;
    marcotte_at_point = true;
    __testcancel();
    return before;
}

/* Whoever is cancelled while it waits does not come back from the wait: the signal's handler ends it. */
#define POINT(type, name, parameters, ...) \
    type __real_##name parameters; \
    type __wrap_##name parameters \
    { \
        bool before = enter(); \
        type result = __real_##name(__VA_ARGS__); \
        marcotte_at_point = before; \
        return result; \
    }

POINT(ssize_t, read, (int fd, void *buffer, size_t length), fd, buffer, length)
POINT(ssize_t, write, (int fd, const void *buffer, size_t length), fd, buffer, length)
POINT(ssize_t, pread, (int fd, void *buffer, size_t length, off_t at), fd, buffer, length, at)
POINT(ssize_t, pwrite, (int fd, const void *buffer, size_t length, off_t at), fd, buffer, length, at)
POINT(ssize_t, readv, (int fd, const struct iovec *vectors, int count), fd, vectors, count)
POINT(ssize_t, writev, (int fd, const struct iovec *vectors, int count), fd, vectors, count)
POINT(int, fsync, (int fd), fd)
POINT(int, nanosleep, (const struct timespec *time, struct timespec *left), time, left)
POINT(int, clock_nanosleep, (clockid_t clock, int flags, const struct timespec *time, struct timespec *left), clock, flags, time, left)
POINT(unsigned, sleep, (unsigned seconds), seconds)
POINT(int, usleep, (unsigned microseconds), microseconds)
POINT(int, poll, (struct pollfd *fds, nfds_t count, int timeout), fds, count, timeout)
POINT(int, select, (int count, fd_set *reads, fd_set *writes, fd_set *errors, struct timeval *timeout), count, reads, writes, errors, timeout)
POINT(int, epoll_wait, (int epoll, struct epoll_event *events, int most, int timeout), epoll, events, most, timeout)
POINT(pid_t, wait, (int *status), status)
POINT(pid_t, waitpid, (pid_t pid, int *status, int options), pid, status, options)
POINT(int, pause, (void), )
POINT(int, sigsuspend, (const sigset_t *mask), mask)
POINT(int, sigwait, (const sigset_t *set, int *signal), set, signal)
POINT(int, sigwaitinfo, (const sigset_t *set, siginfo_t *info), set, info)
POINT(int, sigtimedwait, (const sigset_t *set, siginfo_t *info, const struct timespec *timeout), set, info, timeout)
