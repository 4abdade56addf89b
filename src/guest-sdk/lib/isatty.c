/* Whether a descriptor is a terminal. wasi-libc's streams ask too. */
#include "internal.h"
#include <unistd.h>

int __isatty(int fd)
{
    uint8_t size[8];
    REQUEST(r, MARCOTTE_OP_GETWINSIZE, 8);
    put32(&r, (uint32_t)fd);
    int error = marcotte_send(&r, size, sizeof size, NULL);
    if (error == ENOSYS) {
        __wasi_fdstat_t stat;
        error = __wasi_fd_fdstat_get(fd, &stat);
        if (error == 0 && (stat.fs_filetype != __WASI_FILETYPE_CHARACTER_DEVICE
            || (stat.fs_rights_base & (__WASI_RIGHTS_FD_SEEK | __WASI_RIGHTS_FD_TELL))))
            error = ENOTTY;
    }
    errno = error == 0 ? errno : error;
    return error == 0;
}

int isatty(int fd) { return __isatty(fd); }
