// wasm-only
// Rights are read, taken away and never given back: a descriptor that lost FD_WRITE cannot write.
// The built-in does not carry rights (fd_fdstat_set_rights is ENOTSUP), so it is left out.
//
// preopen: /data
// expect: exit=0
// compare:
#include "guest.h"
#include "preview1.h"

int main(int argc, char **argv) {
    (void)argc;
    struct fdstat status;
    put(in(argv[1], "file"), "content");
    int fd = open(in(argv[1], "file"), O_RDWR);
    want("get", wasi_fd_fdstat_get(fd, ADDRESS(&status)), 0);
    check("reads and writes", (status.base & (RIGHT_FD_READ | RIGHT_FD_WRITE)) == (RIGHT_FD_READ | RIGHT_FD_WRITE));

    uint64_t fewer = status.base & ~RIGHT_FD_WRITE;
    want("take writing away", wasi_fd_fdstat_set_rights(fd, fewer, status.inheriting), 0);
    either("write", outcome(write(fd, "x", 1)), ENOTCAPABLE, EBADF);
    want("give it back", wasi_fd_fdstat_set_rights(fd, status.base, status.inheriting), ENOTCAPABLE);
    either("write", outcome(write(fd, "x", 1)), ENOTCAPABLE, EBADF);
    want("take nothing", wasi_fd_fdstat_set_rights(fd, fewer, status.inheriting), 0);
    char byte;
    equal("read", read(fd, &byte, 1), 1);
    want("get", wasi_fd_fdstat_get(fd, ADDRESS(&status)), 0);
    check("writing is gone", (status.base & RIGHT_FD_WRITE) == 0);
    text("content", get(in(argv[1], "file")), "content");
    want("of a closed one", wasi_fd_fdstat_set_rights(999, 0, 0), EBADF);

    // A directory that lost a right hands it on no more.
    int folder = open(argv[1], O_RDONLY | O_DIRECTORY);
    uint32_t error;
    want("get", wasi_fd_fdstat_get(folder, ADDRESS(&status)), 0);
    want("take writing away", wasi_fd_fdstat_set_rights(folder, status.base, status.inheriting & ~RIGHT_FD_WRITE), 0);
    wasi_open(folder, "file", 0, RIGHT_FD_READ | RIGHT_FD_WRITE, &error);
    want("open to write", error, ENOTCAPABLE);
    wasi_open(folder, "file", 0, RIGHT_FD_READ, &error);
    want("open to read", error, 0);
    return finish();
}
