/* flock and lockf. */
#include "internal.h"
#include <sys/file.h>
#include <unistd.h>

int marcotte_record_lock(int fd, uint32_t command, struct flock *lock);

int flock(int fd, int operation)
{
    REQUEST(r, MARCOTTE_OP_FLOCK, 16);
    put32(&r, (uint32_t)fd);
    put32(&r, (uint32_t)operation);
    return marcotte_do(&r, NULL, 0);
}

int lockf(int fd, int operation, off_t length)
{
    struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_CUR, .l_len = length };
    switch (operation) {
    case F_TEST:
        lock.l_type = F_RDLCK;
        if (marcotte_record_lock(fd, 0, &lock) < 0)
            return -1;
        return lock.l_type == F_UNLCK || lock.l_pid == getpid() ? 0 : fail(EACCES);
    case F_ULOCK:
        lock.l_type = F_UNLCK;
        return marcotte_record_lock(fd, 1, &lock);
    case F_TLOCK: return marcotte_record_lock(fd, 1, &lock);
    case F_LOCK: return marcotte_record_lock(fd, 2, &lock);
    default: return fail(EINVAL);
    }
}
