/* Making, removing and renaming names. */
#include "internal.h"
#include <stdio.h>
#include <unistd.h>

int mkdirat(int dirfd, const char *path, mode_t mode)
{
    if (!marcotte_host()) {
        RESOLVE(at, dirfd, path);
        return done(__wasi_path_create_directory(at_fd, at_rest));
    }
    REQUEST(r, MARCOTTE_OP_MKDIR, PATH_ROOM);
    put32(&r, (uint32_t)marcotte_host_fd(dirfd));
    put32(&r, mode);
    put_text(&r, path);
    return marcotte_do(&r, NULL, 0);
}

int mkdir(const char *path, mode_t mode) { return mkdirat(AT_FDCWD, path, mode); }

static int remove_name(int dirfd, const char *path, bool directory)
{
    if (!marcotte_host()) {
        RESOLVE(at, dirfd, path);
        return done(directory ? __wasi_path_remove_directory(at_fd, at_rest) : __wasi_path_unlink_file(at_fd, at_rest));
    }
    REQUEST(r, MARCOTTE_OP_UNLINK, PATH_ROOM);
    put32(&r, (uint32_t)marcotte_host_fd(dirfd));
    put32(&r, directory ? HOST_AT_REMOVEDIR : 0);
    put_text(&r, path);
    return marcotte_do(&r, NULL, 0);
}

int unlinkat(int dirfd, const char *path, int flags)
{
    return flags & ~AT_REMOVEDIR ? fail(EINVAL) : remove_name(dirfd, path, flags != 0);
}

int unlink(const char *path) { return remove_name(AT_FDCWD, path, false); }
int rmdir(const char *path) { return remove_name(AT_FDCWD, path, true); }
int __wasilibc_unlinkat(int dirfd, const char *path) { return remove_name(dirfd, path, false); }
int __wasilibc_rmdirat(int dirfd, const char *path) { return remove_name(dirfd, path, true); }

int remove(const char *path)
{
    int result = unlink(path);
    return result < 0 && (errno == EISDIR || errno == EPERM) ? rmdir(path) : result;
}

int renameat2(int from, const char *old, int to, const char *new, unsigned flags)
{
    if (!marcotte_host()) {
        if (flags != 0)
            return fail(EINVAL);
        RESOLVE(a, from, old);
        RESOLVE(b, to, new);
        return done(__wasi_path_rename(a_fd, a_rest, b_fd, b_rest));
    }
    REQUEST(r, MARCOTTE_OP_RENAME, 2 * PATH_ROOM);
    put32(&r, (uint32_t)marcotte_host_fd(from));
    put_text(&r, old);
    put32(&r, (uint32_t)marcotte_host_fd(to));
    put_text(&r, new);
    put32(&r, flags);
    return marcotte_do(&r, NULL, 0);
}

int renameat(int from, const char *old, int to, const char *new) { return renameat2(from, old, to, new, 0); }
int rename(const char *old, const char *new) { return renameat2(AT_FDCWD, old, AT_FDCWD, new, 0); }

int linkat(int from, const char *old, int to, const char *new, int flags)
{
    if (!marcotte_host()) {
        RESOLVE(a, from, old);
        RESOLVE(b, to, new);
        return done(__wasi_path_link(a_fd, flags & AT_SYMLINK_FOLLOW ? __WASI_LOOKUPFLAGS_SYMLINK_FOLLOW : 0, a_rest, b_fd, b_rest));
    }
    REQUEST(r, MARCOTTE_OP_LINK, 2 * PATH_ROOM);
    put32(&r, (uint32_t)marcotte_host_fd(from));
    put_text(&r, old);
    put32(&r, (uint32_t)marcotte_host_fd(to));
    put_text(&r, new);
    put32(&r, (flags & AT_SYMLINK_FOLLOW ? HOST_AT_FOLLOW : 0) | (flags & AT_EMPTY_PATH ? HOST_AT_EMPTY_PATH : 0));
    return marcotte_do(&r, NULL, 0);
}

int link(const char *old, const char *new) { return linkat(AT_FDCWD, old, AT_FDCWD, new, 0); }

int symlinkat(const char *target, int dirfd, const char *path)
{
    if (!marcotte_host()) {
        RESOLVE(at, dirfd, path);
        return done(__wasi_path_symlink(target, at_fd, at_rest));
    }
    REQUEST(r, MARCOTTE_OP_SYMLINK, 2 * PATH_ROOM);
    put_text(&r, target);
    put32(&r, (uint32_t)marcotte_host_fd(dirfd));
    put_text(&r, path);
    return marcotte_do(&r, NULL, 0);
}

int symlink(const char *target, const char *path) { return symlinkat(target, AT_FDCWD, path); }

ssize_t readlinkat(int dirfd, const char *restrict path, char *restrict buffer, size_t room)
{
    size_t used = 0;
    if (!marcotte_host()) {
        RESOLVE(at, dirfd, path);
        int error = __wasi_path_readlink(at_fd, at_rest, (uint8_t *)buffer, room, &used);
        return error == 0 ? (ssize_t)used : fail(error);
    }
    if (room == 0)
        return fail(EINVAL);
    REQUEST(r, MARCOTTE_OP_READLINK, PATH_ROOM);
    put32(&r, (uint32_t)marcotte_host_fd(dirfd));
    put_text(&r, path);
    int error = marcotte_send(&r, buffer, room, &used);
    return error == 0 ? (ssize_t)used : fail(error);
}

ssize_t readlink(const char *restrict path, char *restrict buffer, size_t room) { return readlinkat(AT_FDCWD, path, buffer, room); }

int mknodat(int dirfd, const char *path, mode_t mode, dev_t device)
{
    REQUEST(r, MARCOTTE_OP_MKNOD, PATH_ROOM);
    put32(&r, (uint32_t)marcotte_host_fd(dirfd));
    put32(&r, mode & S_IFMT ? mode : mode | S_IFREG);
    put64(&r, device);
    put_text(&r, path);
    return marcotte_do(&r, NULL, 0);
}

int mknod(const char *path, mode_t mode, dev_t device) { return mknodat(AT_FDCWD, path, mode, device); }
int mkfifoat(int dirfd, const char *path, mode_t mode) { return mknodat(dirfd, path, (mode & 07777) | S_IFIFO, 0); }
int mkfifo(const char *path, mode_t mode) { return mkfifoat(AT_FDCWD, path, mode); }
