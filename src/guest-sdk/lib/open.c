/* Opening files. wasi-libc's own functions call these too, by its internal names. */
#include "internal.h"
#include <dirent.h>
#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>

#define RIGHTS_READ (__WASI_RIGHTS_FD_READ | __WASI_RIGHTS_FD_READDIR)
#define RIGHTS_WRITE (__WASI_RIGHTS_FD_DATASYNC | __WASI_RIGHTS_FD_WRITE | __WASI_RIGHTS_FD_ALLOCATE | __WASI_RIGHTS_FD_FILESTAT_SET_SIZE)

static int open_preopened(int dirfd, const char *path, int flags)
{
    RESOLVE(at, dirfd, path);
    __wasi_fdstat_t stat;
    int error = __wasi_fd_fdstat_get(at_fd, &stat);
    if (error != 0)
        return fail(error);
    uint64_t rights = ~(uint64_t)(__WASI_RIGHTS_FD_DATASYNC | __WASI_RIGHTS_FD_READ | __WASI_RIGHTS_FD_WRITE
        | __WASI_RIGHTS_FD_ALLOCATE | __WASI_RIGHTS_FD_READDIR | __WASI_RIGHTS_FD_FILESTAT_SET_SIZE);
    if (!(flags & O_WRONLY) || (flags & O_RDONLY))
        rights |= RIGHTS_READ;
    if (flags & O_WRONLY)
        rights |= RIGHTS_WRITE;
    int32_t fd;
    error = marcotte_path_open2(at_fd, flags & O_NOFOLLOW ? 0 : __WASI_LOOKUPFLAGS_SYMLINK_FOLLOW, at_rest, strlen(at_rest),
        (flags >> 12) & 0xf, (int64_t)(rights & stat.fs_rights_inheriting), (int64_t)stat.fs_rights_inheriting,
        flags & 0x1f, flags & O_CLOEXEC ? 1 : 0, &fd);
    return error == 0 ? fd : fail(error);
}

static int open_at(int dirfd, const char *path, int flags, mode_t mode)
{
    if (!marcotte_host())
        return open_preopened(dirfd, path, flags);
    REQUEST(r, MARCOTTE_OP_OPEN, PATH_ROOM);
    put32(&r, (uint32_t)marcotte_host_fd(dirfd));
    put32(&r, marcotte_host_oflags(flags));
    put32(&r, mode);
    put_text(&r, path);
    return marcotte_ask(&r);
}

#define TAKE_MODE(flags, mode) \
    mode_t mode = 0; \
    if (((flags) & O_CREAT) || ((flags) & O_TMPFILE) == O_TMPFILE) { \
        va_list arguments; \
        va_start(arguments, flags); \
        mode = va_arg(arguments, mode_t); \
        va_end(arguments); \
    }

int open(const char *path, int flags, ...)
{
    TAKE_MODE(flags, mode)
    return open_at(AT_FDCWD, path, flags, mode);
}

int openat(int dirfd, const char *path, int flags, ...)
{
    TAKE_MODE(flags, mode)
    return open_at(dirfd, path, flags, mode);
}

int creat(const char *path, mode_t mode) { return open_at(AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC, mode); }

int __wasilibc_open_nomode(const char *path, int flags) { return open_at(AT_FDCWD, path, flags, 0666); }
int __wasilibc_openat_nomode(int dirfd, const char *path, int flags) { return open_at(dirfd, path, flags, 0666); }
int __wasilibc_nocwd_openat_nomode(int dirfd, const char *path, int flags) { return open_at(dirfd, path, flags, 0666); }

/* Streams: "e" means something here. */
int __fmodeflags(const char *mode)
{
    int flags = strchr(mode, '+') ? O_RDWR : *mode == 'r' ? O_RDONLY : O_WRONLY;
    if (strchr(mode, 'x'))
        flags |= O_EXCL;
    if (strchr(mode, 'e'))
        flags |= O_CLOEXEC;
    if (*mode != 'r')
        flags |= O_CREAT;
    if (*mode == 'w')
        flags |= O_TRUNC;
    if (*mode == 'a')
        flags |= O_APPEND;
    return flags;
}

DIR *opendirat(int dirfd, const char *path)
{
    int fd = open_at(dirfd, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NONBLOCK, 0);
    if (fd < 0)
        return NULL;
    DIR *directory = fdopendir(fd);
    if (directory == NULL) {
        int error = errno;
        close(fd);
        errno = error;
    }
    return directory;
}

DIR *opendir(const char *path) { return opendirat(AT_FDCWD, path); }
