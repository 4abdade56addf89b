// wasm-only
// A link with an absolute target is never followed, be it to the outside, to the granted directory's name or to the
// root; and a guest cannot make one that works.
//
// class: absolute and relative links
// class: ambient mounts
// archive: everything
// preopen: /data
// setup: file outside/secret "secret"
// setup: file data/file "mine"
// setup: symlink data/secret {root}/outside/secret
// setup: symlink data/outside {root}/outside
// setup: symlink data/itself {root}/data/file
// setup: symlink data/root /
// setup: symlink data/passwd /etc/passwd
// setup: symlink data/by-link outside/secret
// after: file outside/secret "secret"
// after: entries outside 1
// expect: exit=0
// compare: builtin
#include "guest.h"
#include "preview1.h"

static void all(const char *path) {
    struct filestat status;
    uint32_t fd;
    say("%s", path);
    refused("open", wasi_path_open(3, LOOKUP_FOLLOW, PATH(path), 0, RIGHT_FD_READ, 0, 0, ADDRESS(&fd)));
    refused("write", wasi_path_open(3, LOOKUP_FOLLOW, PATH(path), OFLAG_TRUNC, RIGHT_FD_WRITE, 0, 0, ADDRESS(&fd)));
    refused("stat", wasi_path_filestat_get(3, LOOKUP_FOLLOW, PATH(path), ADDRESS(&status)));
    refused("set times", wasi_path_filestat_set_times(3, LOOKUP_FOLLOW, PATH(path), 1, 1, TIME_MTIM));
}

int main(void) {
    struct filestat status;
    uint32_t fd;
    all("secret");
    all("outside/secret");
    all("itself");
    all("root/");
    all("passwd");
    all("by-link");
    refused("list", wasi_path_open(3, LOOKUP_FOLLOW, PATH("outside"), OFLAG_DIRECTORY, RIGHT_FD_READDIR, 0, 0, ADDRESS(&fd)));
    want("the link itself", wasi_path_filestat_get(3, 0, PATH("secret"), ADDRESS(&status)), 0);

    // Making one is refused by some hosts and of no use with the others.
    wasi_path_symlink(PATH("/outside/secret"), 3, PATH("own"));
    check("its own leads nowhere", wasi_path_open(
        3, LOOKUP_FOLLOW, PATH("own"), 0, RIGHT_FD_READ, 0, 0, ADDRESS(&fd)) != 0);
    return finish();
}
