// wasm-only
// A flag bit or a value that no specification defines is EINVAL, wherever it is given, and nothing happens.
// The built-in traps on most of these, so it is left out.
//
// preopen: /data
// expect: exit=0
// compare:
#include "guest.h"
#include "preview1.h"

int main(int argc, char **argv) {
    (void)argc;
    struct filestat status;
    uint64_t position = 0;
    put(in(argv[1], "file"), "content");
    int fd = open(in(argv[1], "file"), O_RDWR);
    want("whence 3", wasi_fd_seek(fd, 0, 3, ADDRESS(&position)), EINVAL);
    want("whence 256", wasi_fd_seek(fd, 0, 256, ADDRESS(&position)), EINVAL);
    want("advice 6", wasi_fd_advise(fd, 0, 1, 6), EINVAL);
    want("time flag 16", wasi_fd_filestat_set_times(fd, 1, 1, 16), EINVAL);
    want("time flag 16, by path", wasi_path_filestat_set_times(3, 0, PATH("file"), 1, 1, 16), EINVAL);
    want("lookup flag 2, stat", wasi_path_filestat_get(3, 2, PATH("file"), ADDRESS(&status)), EINVAL);
    want("lookup flag 2, times", wasi_path_filestat_set_times(3, 2, PATH("file"), 1, 1, 1), EINVAL);
    want("lookup flag 2, link", wasi_path_link(3, 2, PATH("file"), 3, PATH("hard")), EINVAL);
    want("descriptor flag 32", wasi_fd_fdstat_set_flags(fd, 32), EINVAL);
    check("no link was made", !exists(in(argv[1], "hard")));
    want("link that follows", wasi_path_link(3, LOOKUP_FOLLOW, PATH("file"), 3, PATH("hard")), EINVAL);
    return finish();
}
