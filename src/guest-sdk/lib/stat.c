/* What files are. */
#include "internal.h"
#include <dirent.h>
#include <unistd.h>

static void set_time(struct timespec *time, int64_t ns)
{
    time->tv_sec = ns / 1000000000;
    time->tv_nsec = (long)(ns % 1000000000);
    if (time->tv_nsec < 0) {
        time->tv_nsec += 1000000000;
        time->tv_sec--;
    }
}

static void from_wasi(const __wasi_filestat_t *file, struct stat *result)
{
    static const mode_t kinds[] = { 0, S_IFBLK | 0600, S_IFCHR | 0600, S_IFDIR | 0755, S_IFREG | 0644, S_IFSOCK | 0700,
        S_IFSOCK | 0700, S_IFLNK | 0777 };
    memset(result, 0, sizeof *result);
    result->st_dev = file->dev;
    result->st_ino = file->ino;
    result->st_nlink = file->nlink;
    result->st_mode = file->filetype < sizeof kinds / sizeof *kinds ? kinds[file->filetype] : S_IFIFO | 0600;
    result->st_size = (off_t)file->size;
    result->st_blksize = 4096;
    result->st_blocks = (blkcnt_t)((file->size + 511) / 512);
    set_time(&result->st_atim, (int64_t)file->atim);
    set_time(&result->st_mtim, (int64_t)file->mtim);
    set_time(&result->st_ctim, (int64_t)file->ctim);
}

static int without_host(int dirfd, const char *path, uint32_t flags, struct stat *result)
{
    __wasi_filestat_t file;
    int error;
    if (*path == '\0' && (flags & HOST_AT_EMPTY_PATH)) {
        error = __wasi_fd_filestat_get(dirfd, &file);
    } else {
        RESOLVE(at, dirfd, path);
        error = __wasi_path_filestat_get(at_fd, flags & HOST_AT_NOFOLLOW ? 0 : __WASI_LOOKUPFLAGS_SYMLINK_FOLLOW, at_rest, &file);
    }
    if (error != 0)
        return fail(error);
    from_wasi(&file, result);
    return 0;
}

int marcotte_stat(int dirfd, const char *path, uint32_t flags, struct stat *result)
{
    if (!marcotte_host())
        return without_host(dirfd, path, flags, result);
    uint8_t reply[MARCOTTE_STAT_BYTES];
    REQUEST(r, MARCOTTE_OP_STAT, PATH_ROOM);
    put32(&r, (uint32_t)marcotte_host_fd(dirfd));
    put32(&r, flags);
    put_text(&r, path);
    int error = marcotte_send(&r, reply, sizeof reply, NULL);
    if (error != 0)
        return fail(error);
    memset(result, 0, sizeof *result);
    result->st_dev = get64(reply);
    result->st_ino = get64(reply + 8);
    result->st_rdev = get64(reply + 16);
    result->st_size = (off_t)get64(reply + 24);
    result->st_blocks = (blkcnt_t)get64(reply + 32);
    result->st_mode = get32(reply + 40);
    result->st_nlink = get32(reply + 44);
    result->st_uid = get32(reply + 48);
    result->st_gid = get32(reply + 52);
    result->st_blksize = (blksize_t)get32(reply + 56);
    set_time(&result->st_atim, (int64_t)get64(reply + 64));
    set_time(&result->st_mtim, (int64_t)get64(reply + 72));
    set_time(&result->st_ctim, (int64_t)get64(reply + 80));
    return 0;
}

int fstatat(int dirfd, const char *restrict path, struct stat *restrict result, int flags)
{
    return marcotte_stat(dirfd, path,
        (flags & AT_SYMLINK_NOFOLLOW ? HOST_AT_NOFOLLOW : 0) | (flags & AT_EMPTY_PATH ? HOST_AT_EMPTY_PATH : 0), result);
}

int stat(const char *restrict path, struct stat *restrict result) { return marcotte_stat(AT_FDCWD, path, 0, result); }
int lstat(const char *restrict path, struct stat *restrict result) { return marcotte_stat(AT_FDCWD, path, HOST_AT_NOFOLLOW, result); }
int __wasilibc_stat(const char *restrict path, struct stat *restrict result, int flags) { return fstatat(AT_FDCWD, path, result, flags); }

int fstat(int fd, struct stat *result)
{
    return fd < 0 ? fail(EBADF) : marcotte_stat(fd, "", HOST_AT_EMPTY_PATH, result);
}

int __wasilibc_dttoif(int type)
{
    switch (type) {
    case DT_DIR: return S_IFDIR;
    case DT_CHR: return S_IFCHR;
    case DT_BLK: return S_IFBLK;
    case DT_REG: return S_IFREG;
    case DT_LNK: return S_IFLNK;
    case DT_FIFO: return S_IFIFO;
    case DT_SOCK: return S_IFSOCK;
    default: return 0;
    }
}

int __wasilibc_iftodt(int mode)
{
    switch (mode & S_IFMT) {
    case S_IFDIR: return DT_DIR;
    case S_IFCHR: return DT_CHR;
    case S_IFBLK: return DT_BLK;
    case S_IFREG: return DT_REG;
    case S_IFLNK: return DT_LNK;
    case S_IFIFO: return DT_FIFO;
    case S_IFSOCK: return DT_SOCK;
    default: return DT_UNKNOWN;
    }
}
