/* Modes, owners, times and lengths. */
#include "internal.h"
#include <sys/time.h>
#include <unistd.h>
#include <utime.h>

/* Without a host that keeps them, setting a mode or an owner of a file that is there does nothing. */
static int pretend(int dirfd, const char *path, uint32_t flags)
{
    struct stat ignored;
    return marcotte_stat(dirfd, path, flags, &ignored);
}

static uint32_t host_flags(int flags)
{
    return (flags & AT_SYMLINK_NOFOLLOW ? HOST_AT_NOFOLLOW : 0) | (flags & AT_EMPTY_PATH ? HOST_AT_EMPTY_PATH : 0);
}

static int set_mode(int dirfd, const char *path, mode_t mode, uint32_t flags)
{
    if (!marcotte_host())
        return pretend(dirfd, path, flags);
    REQUEST(r, MARCOTTE_OP_CHMOD, PATH_ROOM);
    put32(&r, (uint32_t)marcotte_host_fd(dirfd));
    put32(&r, flags);
    put32(&r, mode & 07777);
    put_text(&r, path);
    return marcotte_do(&r, NULL, 0);
}

int chmod(const char *path, mode_t mode) { return set_mode(AT_FDCWD, path, mode, 0); }
int lchmod(const char *path, mode_t mode) { return set_mode(AT_FDCWD, path, mode, HOST_AT_NOFOLLOW); }
int fchmod(int fd, mode_t mode) { return fd < 0 ? fail(EBADF) : set_mode(fd, "", mode, HOST_AT_EMPTY_PATH); }
int fchmodat(int dirfd, const char *path, mode_t mode, int flags) { return set_mode(dirfd, path, mode, host_flags(flags)); }

static int set_owner(int dirfd, const char *path, uid_t uid, gid_t gid, uint32_t flags)
{
    if (!marcotte_host())
        return pretend(dirfd, path, flags);
    REQUEST(r, MARCOTTE_OP_CHOWN, PATH_ROOM);
    put32(&r, (uint32_t)marcotte_host_fd(dirfd));
    put32(&r, flags);
    put32(&r, uid);
    put32(&r, gid);
    put_text(&r, path);
    return marcotte_do(&r, NULL, 0);
}

int chown(const char *path, uid_t uid, gid_t gid) { return set_owner(AT_FDCWD, path, uid, gid, 0); }
int lchown(const char *path, uid_t uid, gid_t gid) { return set_owner(AT_FDCWD, path, uid, gid, HOST_AT_NOFOLLOW); }
int fchown(int fd, uid_t uid, gid_t gid) { return fd < 0 ? fail(EBADF) : set_owner(fd, "", uid, gid, HOST_AT_EMPTY_PATH); }
int fchownat(int dirfd, const char *path, uid_t uid, gid_t gid, int flags) { return set_owner(dirfd, path, uid, gid, host_flags(flags)); }

mode_t umask(mode_t mask)
{
    static mode_t local = 022;
    uint32_t old;
    REQUEST(r, MARCOTTE_OP_UMASK, 8);
    put32(&r, mask & 0777);
    if (marcotte_send(&r, &old, sizeof old, NULL) != 0) {
        old = local;
        local = mask & 0777;
    }
    return old;
}

static int wasi_time(const struct timespec *time, int set_bit, int now_bit, uint64_t *ns)
{
    *ns = 0;
    if (time->tv_nsec == UTIME_OMIT)
        return 0;
    if (time->tv_nsec == UTIME_NOW)
        return now_bit;
    *ns = (uint64_t)time->tv_sec * 1000000000u + (uint64_t)time->tv_nsec;
    return set_bit;
}

static int set_times(int dirfd, const char *path, const struct timespec times[2], uint32_t flags)
{
    static const struct timespec now[2] = { { 0, UTIME_NOW }, { 0, UTIME_NOW } };
    if (times == NULL)
        times = now;
    for (int i = 0; i < 2; i++)
        if (times[i].tv_nsec != UTIME_NOW && times[i].tv_nsec != UTIME_OMIT && (times[i].tv_nsec < 0 || times[i].tv_nsec >= 1000000000))
            return fail(EINVAL);
    if (!marcotte_host()) {
        uint64_t access, change;
        int what = wasi_time(&times[0], __WASI_FSTFLAGS_ATIM, __WASI_FSTFLAGS_ATIM_NOW, &access)
            | wasi_time(&times[1], __WASI_FSTFLAGS_MTIM, __WASI_FSTFLAGS_MTIM_NOW, &change);
        if (flags & HOST_AT_EMPTY_PATH)
            return done(__wasi_fd_filestat_set_times(dirfd, access, change, (__wasi_fstflags_t)what));
        RESOLVE(at, dirfd, path);
        return done(__wasi_path_filestat_set_times(at_fd, flags & HOST_AT_NOFOLLOW ? 0 : __WASI_LOOKUPFLAGS_SYMLINK_FOLLOW, at_rest,
            access, change, (__wasi_fstflags_t)what));
    }
    REQUEST(r, MARCOTTE_OP_UTIMES, PATH_ROOM);
    put32(&r, (uint32_t)marcotte_host_fd(dirfd));
    put32(&r, flags);
    for (int i = 0; i < 2; i++) {
        put64(&r, (uint64_t)times[i].tv_sec);
        put32(&r, (uint32_t)times[i].tv_nsec);
    }
    put_text(&r, path);
    return marcotte_do(&r, NULL, 0);
}

int utimensat(int dirfd, const char *path, const struct timespec times[2], int flags) { return set_times(dirfd, path, times, host_flags(flags)); }
int futimens(int fd, const struct timespec times[2]) { return fd < 0 ? fail(EBADF) : set_times(fd, "", times, HOST_AT_EMPTY_PATH); }

static int set_microseconds(int dirfd, const char *path, const struct timeval times[2], uint32_t flags)
{
    struct timespec exact[2];
    if (times == NULL)
        return set_times(dirfd, path, NULL, flags);
    for (int i = 0; i < 2; i++) {
        if (times[i].tv_usec < 0 || times[i].tv_usec >= 1000000)
            return fail(EINVAL);
        exact[i] = (struct timespec) { times[i].tv_sec, (long)times[i].tv_usec * 1000 };
    }
    return set_times(dirfd, path, exact, flags);
}

int utimes(const char *path, const struct timeval times[2]) { return set_microseconds(AT_FDCWD, path, times, 0); }
int lutimes(const char *path, const struct timeval times[2]) { return set_microseconds(AT_FDCWD, path, times, HOST_AT_NOFOLLOW); }
int futimes(int fd, const struct timeval times[2]) { return fd < 0 ? fail(EBADF) : set_microseconds(fd, "", times, HOST_AT_EMPTY_PATH); }
int futimesat(int dirfd, const char *path, const struct timeval times[2]) { return set_microseconds(dirfd, path, times, 0); }

int utime(const char *path, const struct utimbuf *times)
{
    if (times == NULL)
        return set_times(AT_FDCWD, path, NULL, 0);
    struct timespec exact[2] = { { times->actime, 0 }, { times->modtime, 0 } };
    return set_times(AT_FDCWD, path, exact, 0);
}

int truncate(const char *path, off_t length)
{
    if (length < 0)
        return fail(EINVAL);
    if (!marcotte_host()) {
        int fd = open(path, O_WRONLY | O_CLOEXEC);
        if (fd < 0)
            return -1;
        int error = __wasi_fd_filestat_set_size(fd, (uint64_t)length);
        close(fd);
        return done(error);
    }
    REQUEST(r, MARCOTTE_OP_TRUNCATE, PATH_ROOM);
    put64(&r, (uint64_t)length);
    put_text(&r, path);
    return marcotte_do(&r, NULL, 0);
}
