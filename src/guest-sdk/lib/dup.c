/* Descriptors: copies, pipes, flags. */
#include "internal.h"
#include <stdarg.h>
#include <unistd.h>

int dup(int fd)
{
    int32_t result;
    int error = marcotte_fd_dup(fd, &result);
    return error == 0 ? result : fail(error);
}

static int duplicate(int fd, int least, int cloexec)
{
    int32_t result;
    if (least < 0)
        return fail(EINVAL);
    int error = marcotte_fd_dup2(fd, least, cloexec, &result);
    return error == 0 ? result : fail(error);
}

int dup3(int fd, int target, int flags)
{
    if (flags & ~O_CLOEXEC || fd == target)
        return fail(EINVAL);
    REQUEST(r, MARCOTTE_OP_DUP3, 16);
    put32(&r, (uint32_t)fd);
    put32(&r, (uint32_t)target);
    put32(&r, flags != 0 ? HOST_O_CLOEXEC : 0);
    int32_t result;
    int error = marcotte_send(&r, &result, sizeof result, NULL);
    if (error == ENOSYS) {
        error = target < 0 ? EBADF : __wasi_fd_renumber(fd, target);
        if (error == 0 && flags != 0)
            error = marcotte_fd_fdflags_set(target, 1);
        result = target;
    }
    return error == 0 ? result : fail(error);
}

int dup2(int fd, int target)
{
    uint16_t flags;
    if (fd != target)
        return dup3(fd, target, 0);
    int error = marcotte_fd_fdflags_get(fd, &flags);
    return error == 0 ? fd : fail(error);
}

/* wasi-libc's freopen moves a descriptor by this. */
int __wasilibc_fd_renumber(int fd, int target)
{
    if (fd == target)
        return 0;
    return dup3(fd, target, 0) < 0 ? -1 : close(fd);
}

int pipe2(int fds[2], int flags)
{
    uint32_t host_flags;
    if (!marcotte_host_fdflags(flags, 0, &host_flags))
        return fail(EINVAL);
    int32_t reply[2];
    REQUEST(r, MARCOTTE_OP_PIPE2, 8);
    put32(&r, host_flags);
    int error = marcotte_send(&r, reply, sizeof reply, NULL);
    if (error == ENOSYS) {
        error = marcotte_fd_pipe(&reply[0], &reply[1]);
        for (int i = 0; error == 0 && i < 2; i++) {
            if (flags & O_CLOEXEC)
                marcotte_fd_fdflags_set(reply[i], 1);
            if (flags & O_NONBLOCK)
                (void)!__wasi_fd_fdstat_set_flags(reply[i], __WASI_FDFLAGS_NONBLOCK);
        }
    }
    if (error != 0)
        return fail(error);
    fds[0] = reply[0];
    fds[1] = reply[1];
    return 0;
}

int pipe(int fds[2]) { return pipe2(fds, 0); }

static int get_flags(int fd)
{
    if (marcotte_host()) {
        REQUEST(r, MARCOTTE_OP_GETFL, 8);
        put32(&r, (uint32_t)fd);
        uint32_t flags;
        int error = marcotte_send(&r, &flags, sizeof flags, NULL);
        return error == 0 ? marcotte_guest_oflags(flags) : fail(error);
    }
    __wasi_fdstat_t stat;
    int error = __wasi_fd_fdstat_get(fd, &stat);
    if (error != 0)
        return fail(error);
    int mode = (stat.fs_rights_base & (__WASI_RIGHTS_FD_READ | __WASI_RIGHTS_FD_READDIR) ? O_RDONLY : 0)
        | (stat.fs_rights_base & __WASI_RIGHTS_FD_WRITE ? O_WRONLY : 0);
    return mode | stat.fs_flags;
}

static int set_flags(int fd, int flags)
{
    if (marcotte_host()) {
        REQUEST(r, MARCOTTE_OP_SETFL, 16);
        put32(&r, (uint32_t)fd);
        put32(&r, marcotte_host_oflags(flags));
        return marcotte_do(&r, NULL, 0);
    }
    return done(__wasi_fd_fdstat_set_flags(fd, (__wasi_fdflags_t)(flags & 0x1f)));
}

int marcotte_record_lock(int fd, uint32_t command, struct flock *lock)
{
    uint8_t reply[28];
    REQUEST(r, MARCOTTE_OP_LOCK, 48);
    put32(&r, (uint32_t)fd);
    put32(&r, command);
    put32(&r, (uint32_t)lock->l_type);
    put32(&r, (uint32_t)lock->l_whence);
    put64(&r, (uint64_t)lock->l_start);
    put64(&r, (uint64_t)lock->l_len);
    int error = marcotte_send(&r, reply, sizeof reply, NULL);
    if (error == 0 && (command == 0 || command == 3)) {
        lock->l_type = (short)get32(reply);
        if (lock->l_type != F_UNLCK) {
            lock->l_whence = (short)get32(reply + 4);
            lock->l_start = (off_t)get64(reply + 8);
            lock->l_len = (off_t)get64(reply + 16);
            lock->l_pid = (pid_t)get32(reply + 24);
        }
    }
    return done(error);
}

static int pipe_size(int fd, uint32_t set, uint32_t bytes)
{
    REQUEST(r, MARCOTTE_OP_PIPESIZE, 16);
    put32(&r, (uint32_t)fd);
    put32(&r, set);
    put32(&r, bytes);
    return marcotte_ask(&r);
}

int fcntl(int fd, int command, ...)
{
    uint16_t cloexec;
    va_list arguments;
    va_start(arguments, command);
    int number = 0;
    struct flock *lock = NULL;
    switch (command) {
    case F_GETLK: case F_SETLK: case F_SETLKW: case F_OFD_GETLK: case F_OFD_SETLK: case F_OFD_SETLKW:
        lock = va_arg(arguments, struct flock *);
        break;
    case F_DUPFD: case F_DUPFD_CLOEXEC: case F_SETFD: case F_SETFL: case F_SETPIPE_SZ: case F_SETOWN: case F_SETSIG:
        number = va_arg(arguments, int);
        break;
    }
    va_end(arguments);

    switch (command) {
    case F_DUPFD: return duplicate(fd, number, 0);
    case F_DUPFD_CLOEXEC: return duplicate(fd, number, 1);
    case F_GETFD: {
        int error = marcotte_fd_fdflags_get(fd, &cloexec);
        return error == 0 ? cloexec & 1 : fail(error);
    }
    case F_SETFD: return done(marcotte_fd_fdflags_set(fd, number & FD_CLOEXEC));
    case F_GETFL: return get_flags(fd);
    case F_SETFL: return set_flags(fd, number);
    case F_GETLK: return marcotte_record_lock(fd, 0, lock);
    case F_SETLK: return marcotte_record_lock(fd, 1, lock);
    case F_SETLKW: return marcotte_record_lock(fd, 2, lock);
    case F_OFD_GETLK: return marcotte_record_lock(fd, 3, lock);
    case F_OFD_SETLK: return marcotte_record_lock(fd, 4, lock);
    case F_OFD_SETLKW: return marcotte_record_lock(fd, 5, lock);
    case F_GETPIPE_SZ: return pipe_size(fd, 0, 0);
    case F_SETPIPE_SZ: return pipe_size(fd, 1, (uint32_t)number);
    case F_GETOWN: case F_GETSIG: case F_SETOWN: case F_SETSIG:
        return marcotte_fd_fdflags_get(fd, &cloexec) == 0 ? 0 : fail(EBADF);
    default: return fail(EINVAL);
    }
}
