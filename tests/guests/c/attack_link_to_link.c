// wasm-only
// A hard link to a link that leads out is a link that leads out: refused when followed; and linking never follows.
//
// class: absolute and relative links
// preopen: /data
// setup: file outside/secret "secret"
// setup: symlink data/out ../outside/secret
// after: file outside/secret "secret"
// expect: exit=0
// compare: builtin
#include "guest.h"
#include "preview1.h"

int main(int argc, char **argv) {
    struct filestat status;
    uint32_t fd, error;
    (void)argc;
    (void)argv;
    want("link to the link", wasi_path_link(3, 0, PATH("out"), 3, PATH("twin")), 0);
    want("which is a link", wasi_path_filestat_get(3, 0, PATH("twin"), ADDRESS(&status)), 0);
    equal("kind", status.filetype, FILETYPE_LINK);
    refused("follow it", wasi_path_open(3, LOOKUP_FOLLOW, PATH("twin"), 0, RIGHT_FD_READ, 0, 0, ADDRESS(&fd)));
    want("move it", wasi_path_rename(3, PATH("twin"), 3, PATH("moved")), 0);
    refused("follow it", wasi_path_open(3, LOOKUP_FOLLOW, PATH("moved"), 0, RIGHT_FD_READ, 0, 0, ADDRESS(&fd)));
    error = wasi_path_link(3, LOOKUP_FOLLOW, PATH("out"), 3, PATH("stolen"));
    check("linking to what it leads to fails", error != 0);
    check("and makes nothing", wasi_path_filestat_get(3, 0, PATH("stolen"), ADDRESS(&status)) == ENOENT);
    return finish();
}
