// wasm-only
// What a descriptor is: kinds, flags and the rights that a program looks at.
//
// preopen: /data
// expect: exit=0
// compare: builtin
#include "guest.h"
#include "preview1.h"

int main(int argc, char **argv) {
    (void)argc;
    struct fdstat status;
    put(in(argv[1], "file"), "content");
    uint32_t error, fd;

    want("preopen", wasi_fd_fdstat_get(3, ADDRESS(&status)), 0);
    equal("kind", status.filetype, FILETYPE_DIRECTORY);
    check("hands on reading and writing",
          (status.inheriting & (RIGHT_FD_READ | RIGHT_FD_WRITE)) == (RIGHT_FD_READ | RIGHT_FD_WRITE));
    check("lists", (status.base & RIGHT_FD_READDIR) != 0);
    check("does not seek", (status.base & RIGHT_FD_SEEK) == 0);

    fd = wasi_open(3, "file", 0, RIGHT_FD_READ | RIGHT_FD_SEEK | RIGHT_FD_TELL, &error);
    want("open to read", error, 0);
    want("get", wasi_fd_fdstat_get(fd, ADDRESS(&status)), 0);
    equal("kind", status.filetype, FILETYPE_REGULAR);
    equal("flags", status.flags, 0);
    check("reads", (status.base & RIGHT_FD_READ) != 0);
    check("does not write", (status.base & RIGHT_FD_WRITE) == 0);

    error = wasi_path_open(3, 0, PATH("file"), 0, RIGHT_FD_WRITE | RIGHT_FD_FDSTAT_SET_FLAGS, RIGHTS_ALL, FDFLAG_APPEND, ADDRESS(&fd));
    want("open to append", error, 0);
    want("get", wasi_fd_fdstat_get(fd, ADDRESS(&status)), 0);
    equal("flags", status.flags, FDFLAG_APPEND);
    check("does not read", (status.base & RIGHT_FD_READ) == 0);
    check("writes", (status.base & RIGHT_FD_WRITE) != 0);
    want("clear the flag", wasi_fd_fdstat_set_flags(fd, 0), 0);
    wasi_fd_fdstat_get(fd, ADDRESS(&status));
    equal("flags", status.flags, 0);
    want("set it", wasi_fd_fdstat_set_flags(fd, FDFLAG_APPEND), 0);
    wasi_fd_fdstat_get(fd, ADDRESS(&status));
    equal("flags", status.flags, FDFLAG_APPEND);

    wasi_open(3, "file", 0, 0, &error);
    want("open for nothing", error, 0);
    fd = wasi_open(3, "file", 0, RIGHT_FD_FILESTAT_GET, &error);
    want("open neither to read nor to write", error, 0);
    struct filestat file;
    want("but stats", wasi_fd_filestat_get(fd, ADDRESS(&file)), 0);
    equal("size", file.size, 7);

    fd = wasi_open(3, ".", OFLAG_DIRECTORY, RIGHT_FD_READDIR | RIGHT_FD_SEEK, &error);
    want("open a directory", error, 0);
    want("get", wasi_fd_fdstat_get(fd, ADDRESS(&status)), 0);
    equal("kind", status.filetype, FILETYPE_DIRECTORY);
    check("does not seek", (status.base & RIGHT_FD_SEEK) == 0);

    want("standard output", wasi_fd_fdstat_get(1, ADDRESS(&status)), 0);
    check("writes", (status.base & RIGHT_FD_WRITE) != 0);
    want("of a closed one", wasi_fd_fdstat_get(999, ADDRESS(&status)), EBADF);
    return finish();
}
