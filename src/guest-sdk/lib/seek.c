/* Positions. */
#include "internal.h"
#include <unistd.h>

off_t __lseek(int fd, off_t offset, int whence)
{
    if (whence > SEEK_END) {
        uint64_t position;
        REQUEST(r, MARCOTTE_OP_SEEK, 32);
        put32(&r, (uint32_t)fd);
        put64(&r, (uint64_t)offset);
        put32(&r, (uint32_t)whence);
        int error = marcotte_send(&r, &position, sizeof position, NULL);
        return error == 0 ? (off_t)position : fail(error == ENOSYS ? EINVAL : error);
    }
    __wasi_filesize_t position;
    int error = __wasi_fd_seek(fd, offset, (__wasi_whence_t)whence, &position);
    if (error == ENOTCAPABLE)
        error = ESPIPE;
    return error == 0 ? (off_t)position : fail(error);
}

off_t lseek(int fd, off_t offset, int whence) { return __lseek(fd, offset, whence); }
