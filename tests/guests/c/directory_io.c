// wasm-only
// A directory has no bytes: reading, writing, seeking, resizing and reserving fail, each with one of the errors that say
// so, and never succeed.
//
// preopen: /data
// expect: exit=0
// compare: builtin
#include "guest.h"
#include "preview1.h"

static void none(const char *what, uint32_t error) {
    if (error == EISDIR || error == EBADF || error == ENOTCAPABLE || error == EINVAL || error == ENOTSUP) {
        say("%s: refused", what);
    } else {
        want(what, error, EISDIR);
    }
}

static void all(const char *what, uint32_t fd) {
    char byte = 'x';
    struct iov part = {ADDRESS(&byte), 1};
    uint32_t size;
    uint64_t position;
    say("%s", what);
    none("read", wasi_fd_read(fd, ADDRESS(&part), 1, ADDRESS(&size)));
    none("write", wasi_fd_write(fd, ADDRESS(&part), 1, ADDRESS(&size)));
    none("pread", wasi_fd_pread(fd, ADDRESS(&part), 1, 0, ADDRESS(&size)));
    none("pwrite", wasi_fd_pwrite(fd, ADDRESS(&part), 1, 0, ADDRESS(&size)));
    none("seek", wasi_fd_seek(fd, 0, 1, ADDRESS(&position)));
    none("tell", wasi_fd_tell(fd, ADDRESS(&position)));
    none("resize", wasi_fd_filestat_set_size(fd, 0));
    none("reserve", wasi_fd_allocate(fd, 0, 1));
}

int main(void) {
    uint32_t error;
    all("the granted one", 3);
    wasi_path_create_directory(3, PATH("sub"));
    uint32_t fd = wasi_open(3, "sub", OFLAG_DIRECTORY, RIGHT_FD_READ | RIGHT_FD_READDIR, &error);
    want("open", error, 0);
    all("one below it", fd);
    return finish();
}
