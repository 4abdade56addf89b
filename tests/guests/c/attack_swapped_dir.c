// wasm-only
// A directory is opened, moved away, and a link to the outside takes its name: the descriptor stays with the directory,
// the name is refused, and what was opened below it leads nowhere else.
//
// class: rename race
// class: check on raw path
// preopen: /data
// setup: file outside/file "secret"
// setup: dir data/sub/inner
// setup: file data/sub/file "mine"
// after: file outside/file "secret"
// after: entries outside 1
// expect: exit=0
// compare: builtin
#include "guest.h"
#include "preview1.h"

int main(int argc, char **argv) {
    (void)argc;
    uint32_t error, made, fd;
    const uint64_t rights = RIGHT_FD_READDIR | RIGHT_PATH_OPEN | RIGHT_PATH_CREATE_FILE;
    uint32_t sub = wasi_open(3, "sub", OFLAG_DIRECTORY, rights, &error);
    uint32_t inner = wasi_open(sub, "inner", OFLAG_DIRECTORY, rights, &error);
    for (int round = 0; round < 100; round++) {
        if (wasi_path_rename(3, PATH("sub"), 3, PATH("moved")) != 0
            || wasi_path_symlink(PATH("../outside"), 3, PATH("sub")) != 0) {
            fail("swap", "to work");
        }
        error = wasi_path_open(3, LOOKUP_FOLLOW, PATH("sub/file"), 0, RIGHT_FD_READ, 0, 0, ADDRESS(&fd));
        if (error != EPERM && error != ENOTCAPABLE) {
            fail("by name", "to be refused");
        }
        error = wasi_path_open(sub, 0, PATH("made"), OFLAG_CREAT, RIGHT_FD_WRITE, 0, 0, ADDRESS(&made));
        if (error != 0 || wasi_fd_close(made) != 0 || wasi_path_unlink_file(3, PATH("moved/made")) != 0) {
            fail("by descriptor", "to make a file in the moved directory");
        }
        error = wasi_path_open(inner, LOOKUP_FOLLOW, PATH("../file"), 0, RIGHT_FD_READ, 0, 0, ADDRESS(&fd));
        if (error != EPERM && error != ENOTCAPABLE) {
            fail("up from below", "to be refused");
        }
        if (wasi_path_unlink_file(3, PATH("sub")) != 0 || wasi_path_rename(3, PATH("moved"), 3, PATH("sub")) != 0) {
            fail("swap back", "to work");
        }
    }
    text("content", get(in(argv[1], "sub/file")), "mine");
    return finish();
}
