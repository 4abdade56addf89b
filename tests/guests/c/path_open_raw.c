// wasm-only
// path_open's own rules: what rights ask for, flags that contradict each other, flags that do not exist.
// The built-in reads through a descriptor opened for nothing and traps on flags that do not exist, so it is left out.
//
// preopen: /data
// expect: exit=0
// compare:
#include "guest.h"
#include "preview1.h"

static uint32_t opens(const char *path, uint32_t lookup, uint32_t oflags, uint64_t rights, uint32_t fdflags) {
    uint32_t fd = UINT32_MAX;
    uint32_t error = wasi_path_open(3, lookup, PATH(path), oflags, rights, RIGHTS_ALL, fdflags, ADDRESS(&fd));
    if (error == 0) {
        wasi_fd_close(fd);
    }
    return error;
}

int main(int argc, char **argv) {
    (void)argc;
    put(in(argv[1], "file"), "content");
    mkdir(in(argv[1], "sub"), 0777);
    symlink("file", in(argv[1], "soft"));

    want("for nothing", opens("file", 0, 0, 0, 0), 0);
    uint32_t error, fd = wasi_open(3, "file", 0, 0, &error);
    char byte;
    either("which reads nothing", outcome(read(fd, &byte, 1)), EBADF, ENOTCAPABLE);
    either("and writes nothing", outcome(write(fd, "x", 1)), EBADF, ENOTCAPABLE);
    want("a directory, for nothing", opens("sub", 0, 0, 0, 0), 0);
    want("a directory, to read", opens("sub", 0, OFLAG_DIRECTORY, RIGHT_FD_READ, 0), 0);
    want("a directory, to write", opens("sub", 0, OFLAG_DIRECTORY, RIGHT_FD_READ | RIGHT_FD_WRITE, 0), EISDIR);
    want("a directory, creating", opens("sub", 0, OFLAG_CREAT, RIGHT_FD_WRITE, 0), EISDIR);
    want("a link, not following", opens("soft", 0, 0, RIGHT_FD_READ, 0), ELOOP);
    want("a link, following", opens("soft", LOOKUP_FOLLOW, 0, RIGHT_FD_READ, 0), 0);
    want("nonblocking", opens("file", 0, 0, RIGHT_FD_READ, FDFLAG_NONBLOCK), 0);

    want("an unknown lookup flag", opens("file", 2, 0, RIGHT_FD_READ, 0), EINVAL);
    want("an unknown open flag", opens("file", 0, 16, RIGHT_FD_READ, 0), EINVAL);
    want("an unknown descriptor flag", opens("file", 0, 0, RIGHT_FD_READ, 32), EINVAL);
    want("an unknown flag beyond 16 bits", opens("file", 0, 0x10000, RIGHT_FD_READ, 0), EINVAL);
    text("content", get(in(argv[1], "file")), "content");
    want("truncating, for nothing", opens("file", 0, OFLAG_TRUNC, 0, 0), 0);
    equal("size", size_of(in(argv[1], "file")), 0);
    return finish();
}
