/* Random bytes: wasi-libc's file refuses to be compiled with threads. */
#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <wasi/api.h>

int __getentropy(void *buffer, size_t length)
{
    int error = length > 256 ? EIO : __wasi_random_get(buffer, length);
    if (error != 0)
        errno = error;
    return error == 0 ? 0 : -1;
}

int getentropy(void *buffer, size_t length) { return __getentropy(buffer, length); }
