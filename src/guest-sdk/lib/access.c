/* What one may do with a file. */
#include "internal.h"
#include <unistd.h>

static int check(int dirfd, const char *path, int mode, uint32_t flags)
{
    if (mode & ~(R_OK | W_OK | X_OK))
        return fail(EINVAL);
    if (!marcotte_host()) {
        struct stat ignored;
        return marcotte_stat(dirfd, path, flags & HOST_AT_NOFOLLOW, &ignored);
    }
    REQUEST(r, MARCOTTE_OP_ACCESS, PATH_ROOM);
    put32(&r, (uint32_t)marcotte_host_fd(dirfd));
    put32(&r, flags);
    put32(&r, (uint32_t)mode);
    put_text(&r, path);
    return marcotte_do(&r, NULL, 0);
}

int faccessat(int dirfd, const char *path, int mode, int flags)
{
    return check(dirfd, path, mode, (flags & AT_EACCESS ? HOST_AT_EACCESS : 0) | (flags & AT_SYMLINK_NOFOLLOW ? HOST_AT_NOFOLLOW : 0));
}

int access(const char *path, int mode) { return check(AT_FDCWD, path, mode, 0); }
int eaccess(const char *path, int mode) { return check(AT_FDCWD, path, mode, HOST_AT_EACCESS); }
int euidaccess(const char *path, int mode) { return check(AT_FDCWD, path, mode, HOST_AT_EACCESS); }
int __wasilibc_access(const char *path, int mode, int flags) { return faccessat(AT_FDCWD, path, mode, flags); }
