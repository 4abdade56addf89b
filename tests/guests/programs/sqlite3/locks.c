/* fcntl's record locks, which wasi-libc refuses with EINVAL: SQLite takes that for a broken disk.
   A WASI preview 1 program shares its files with no other process that it could ask about, so every lock is granted
   and none is ever found held. Linked with --wrap=fcntl. */
#include <fcntl.h>
#include <stdarg.h>

int __real_fcntl(int fd, int command, ...);

int __wrap_fcntl(int fd, int command, ...) {
    va_list arguments;
    int result;

    va_start(arguments, command);
    switch (command) {
    case F_GETLK:
        va_arg(arguments, struct flock *)->l_type = F_UNLCK;
        result = 0;
        break;
    case F_SETLK:
    case F_SETLKW:
        result = 0;
        break;
    default:
        result = __real_fcntl(fd, command, va_arg(arguments, int));
        break;
    }
    va_end(arguments);
    return result;
}
