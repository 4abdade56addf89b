/* File systems. */
#include "internal.h"
#include <sys/statfs.h>

static int ask(int dirfd, const char *path, uint32_t flags, uint64_t reply[11])
{
    REQUEST(r, MARCOTTE_OP_STATFS, PATH_ROOM);
    put32(&r, (uint32_t)marcotte_host_fd(dirfd));
    put32(&r, flags);
    put_text(&r, path);
    return marcotte_do(&r, reply, 88);
}

static int as_statvfs(int result, const uint64_t f[11], struct statvfs *s)
{
    if (result == 0)
        *s = (struct statvfs) {
            .f_type = (unsigned)f[0], .f_bsize = (unsigned long)f[1], .f_frsize = (unsigned long)f[2], .f_blocks = f[3], .f_bfree = f[4],
            .f_bavail = f[5], .f_files = f[6], .f_ffree = f[7], .f_favail = f[7], .f_fsid = f[8], .f_namemax = (unsigned long)f[9],
            .f_flag = (unsigned long)f[10],
        };
    return result;
}

static int as_statfs(int result, const uint64_t f[11], struct statfs *s)
{
    if (result == 0)
        *s = (struct statfs) {
            .f_type = (unsigned long)f[0], .f_bsize = (unsigned long)f[1], .f_frsize = (unsigned long)f[2], .f_blocks = f[3], .f_bfree = f[4],
            .f_bavail = f[5], .f_files = f[6], .f_ffree = f[7], .f_fsid = { { (int)f[8], (int)(f[8] >> 32) } },
            .f_namelen = (unsigned long)f[9], .f_flags = (unsigned long)f[10],
        };
    return result;
}

int statvfs(const char *restrict path, struct statvfs *restrict s) { uint64_t f[11]; return as_statvfs(ask(AT_FDCWD, path, 0, f), f, s); }
int fstatvfs(int fd, struct statvfs *s) { uint64_t f[11]; return as_statvfs(ask(fd, "", HOST_AT_EMPTY_PATH, f), f, s); }
int statfs(const char *path, struct statfs *s) { uint64_t f[11]; return as_statfs(ask(AT_FDCWD, path, 0, f), f, s); }
int fstatfs(int fd, struct statfs *s) { uint64_t f[11]; return as_statfs(ask(fd, "", HOST_AT_EMPTY_PATH, f), f, s); }
