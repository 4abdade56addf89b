// wasm-only
// Granted directories are the descriptors from 3 on, in order, each with its exact name; the next number is EBADF, which
// ends a program's scan. Nothing else is open.
//
// preopen: /data
// preopen: /other/place
// preopen: /ro ro
// expect: exit=0
// compare: builtin
#include "guest.h"
#include "preview1.h"

int main(int argc, char **argv) {
    (void)argc;
    struct prestat prestat;
    struct fdstat status;
    char name[64];
    uint32_t fd = 3;
    for (;; fd++) {
        memset(&prestat, 0xee, sizeof prestat);
        uint32_t error = wasi_fd_prestat_get(fd, ADDRESS(&prestat));
        if (error != 0) {
            want("the next", error, EBADF);
            break;
        }
        memset(name, '#', sizeof name);
        want("name", wasi_fd_prestat_dir_name(fd, ADDRESS(name), prestat.name_length), 0);
        equal("tag", prestat.tag, 0);
        equal("what is behind the name", name[prestat.name_length], '#');
        name[prestat.name_length] = '\0';
        text("it is", name, argv[fd - 2]);
        wasi_fd_fdstat_get(fd, ADDRESS(&status));
        equal("kind", status.filetype, FILETYPE_DIRECTORY);
    }
    equal("count", fd - 3, 3);
    int open_ones = 0;
    for (; fd < 200; fd++) {
        open_ones += wasi_fd_fdstat_get(fd, ADDRESS(&status)) != EBADF;
    }
    equal("other open descriptors", open_ones, 0);
    return finish();
}
