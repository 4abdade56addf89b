// wasm-only
// What is no granted directory has no prestat; a buffer too short for the name is refused; a closed preopen is gone.
//
// preopen: /data
// expect: exit=0
// compare: builtin
#include "guest.h"
#include "preview1.h"

int main(void) {
    struct prestat prestat;
    char name[16] = "###############";
    uint32_t error, file;
    file = wasi_open(3, "file", OFLAG_CREAT, RIGHT_FD_READ | RIGHT_FD_WRITE, &error);
    want("open", error, 0);
    want("of a file", wasi_fd_prestat_get(file, ADDRESS(&prestat)), EBADF);
    want("of an opened directory", wasi_fd_prestat_get(wasi_open(3, ".", OFLAG_DIRECTORY, RIGHT_FD_READDIR, &error),
                                                       ADDRESS(&prestat)), EBADF);
    want("of standard input", wasi_fd_prestat_get(0, ADDRESS(&prestat)), EBADF);
    want("of nothing", wasi_fd_prestat_get(999, ADDRESS(&prestat)), EBADF);
    either("name of a file", wasi_fd_prestat_dir_name(file, ADDRESS(name), 5), EBADF, ENOTDIR);
    either("into one byte too few", wasi_fd_prestat_dir_name(3, ADDRESS(name), 4), EINVAL, ENAMETOOLONG);
    equal("which writes nothing", name[0], '#');

    want("close", wasi_fd_close(3), 0);
    want("of the closed one", wasi_fd_prestat_get(3, ADDRESS(&prestat)), EBADF);
    wasi_open(3, "file", 0, RIGHT_FD_READ, &error);
    want("open below it", error, EBADF);
    char byte;
    equal("a file opened before still reads", read(file, &byte, 1), 0);
    return finish();
}
