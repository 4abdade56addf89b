// wasm-only
// Two dots and absolute paths, given to every call that takes a path: none leaves the granted directory, none is
// resolved against another, and nothing outside is read, made, changed or removed.
//
// class: absolute and relative links
// class: check on raw path
// class: ambient mounts
// archive: everything
// preopen: /data
// setup: file outside/secret "secret"
// setup: dir outside/empty
// setup: dir data/sub
// setup: file data/file "inside"
// after: file outside/secret "secret"
// after: entries outside 2
// after: file data/file "inside"
// expect: exit=0
// compare: builtin
#include "guest.h"
#include "preview1.h"

static void all(const char *secret, const char *fresh, const char *empty) {
    struct filestat status;
    uint32_t fd, used;
    char buffer[16];
    say("%s", secret);
    refused("open to read", wasi_path_open(3, LOOKUP_FOLLOW, PATH(secret), 0, RIGHT_FD_READ, 0, 0, ADDRESS(&fd)));
    refused("open to write", wasi_path_open(3, LOOKUP_FOLLOW, PATH(secret), 0, RIGHT_FD_WRITE, 0, 0, ADDRESS(&fd)));
    refused("truncate", wasi_path_open(3, LOOKUP_FOLLOW, PATH(secret), OFLAG_TRUNC, RIGHT_FD_WRITE, 0, 0, ADDRESS(&fd)));
    refused("create", wasi_path_open(3, LOOKUP_FOLLOW, PATH(fresh), OFLAG_CREAT, RIGHT_FD_WRITE, 0, 0, ADDRESS(&fd)));
    refused("open a directory", wasi_path_open(3, LOOKUP_FOLLOW, PATH(empty), OFLAG_DIRECTORY, 0, 0, 0, ADDRESS(&fd)));
    refused("stat", wasi_path_filestat_get(3, LOOKUP_FOLLOW, PATH(secret), ADDRESS(&status)));
    refused("set times", wasi_path_filestat_set_times(3, LOOKUP_FOLLOW, PATH(secret), 1, 1, TIME_ATIM | TIME_MTIM));
    refused("mkdir", wasi_path_create_directory(3, PATH(fresh)));
    refused("rmdir", wasi_path_remove_directory(3, PATH(empty)));
    refused("unlink", wasi_path_unlink_file(3, PATH(secret)));
    refused("readlink", wasi_path_readlink(3, PATH(secret), ADDRESS(buffer), sizeof buffer, ADDRESS(&used)));
    refused("symlink", wasi_path_symlink(PATH("x"), 3, PATH(fresh)));
    refused("link from", wasi_path_link(3, 0, PATH(secret), 3, PATH("stolen")));
    refused("link to", wasi_path_link(3, 0, PATH("file"), 3, PATH(fresh)));
    refused("rename from", wasi_path_rename(3, PATH(secret), 3, PATH("stolen")));
    refused("rename to", wasi_path_rename(3, PATH("file"), 3, PATH(fresh)));
}

int main(int argc, char **argv) {
    (void)argc;
    all("../outside/secret", "../outside/made", "../outside/empty");
    all("sub/../../outside/secret", "sub/../../outside/made", "sub/../../outside/empty");
    all("./.././outside/secret", "./.././outside/made", "./.././outside/empty");
    all("../data/../outside/secret", "../data/../outside/made", "../data/../outside/empty");
    all("/outside/secret", "/outside/made", "/outside/empty");
    all("/data/file", "/data/made", "/data/sub");
    all("//data/file", "//data/made", "//data/sub");

    struct filestat status;
    uint32_t error, sub = wasi_open(3, "sub", OFLAG_DIRECTORY, RIGHT_FD_READDIR, &error);
    say("dots alone");
    refused("..", wasi_path_filestat_get(3, 0, PATH(".."), ADDRESS(&status)));
    refused("../", wasi_path_filestat_get(3, 0, PATH("../"), ADDRESS(&status)));
    refused("../data", wasi_path_filestat_get(3, 0, PATH("../data"), ADDRESS(&status)));
    refused("/", wasi_path_filestat_get(3, 0, PATH("/"), ADDRESS(&status)));
    want("sub/..", wasi_path_filestat_get(3, 0, PATH("sub/.."), ADDRESS(&status)), 0);
    refused("out of an opened directory", wasi_path_filestat_get(sub, 0, PATH("../file"), ADDRESS(&status)));
    refused("out of it and back", wasi_path_filestat_get(sub, 0, PATH("../sub"), ADDRESS(&status)));
    check("nothing was stolen", !exists(in(argv[1], "stolen")));
    return finish();
}
