// wasm-only
// Links to links, links with slashes to links, two dots in the middle of a target, links out and back in: the walker
// keeps count of where it is, in each of them (uvwasi 299 and 271, wazero 2321).
//
// class: absolute and relative links
// class: trailing slash
// archive: everything
// preopen: /data
// setup: file outside/secret "secret"
// setup: file data/file "mine"
// setup: file data/a/b/c/deep "deep"
// setup: symlink data/one two
// setup: symlink data/two three/
// setup: symlink data/three ../outside
// setup: symlink data/a/b/c/up3 ../../..
// setup: symlink data/a/b/c/up4 ../../../..
// setup: symlink data/deep-out a/b/c/../../../../outside/secret
// setup: symlink data/deep-in a/b/c/../../../file
// setup: symlink data/out-and-in ../data/file
// setup: symlink data/down a/b/c
// setup: symlink data/down-up down/../../../../outside/secret
// setup: symlink data/in-chain down/up3/deep-in
// after: file outside/secret "secret"
// after: entries outside 1
// expect: exit=0
// compare: builtin
#include "guest.h"
#include "preview1.h"

static uint32_t opens(const char *path) {
    uint32_t fd;
    return wasi_path_open(3, LOOKUP_FOLLOW, PATH(path), 0, RIGHT_FD_READ, 0, 0, ADDRESS(&fd));
}

int main(int argc, char **argv) {
    (void)argc;
    refused("one/secret", opens("one/secret"));
    refused("two/secret", opens("two/secret"));
    refused("three/secret", opens("three/secret"));
    refused("three/", opens("three/"));
    refused("deep-out", opens("deep-out"));
    refused("down-up", opens("down-up"));
    refused("out and in again", opens("out-and-in"));
    refused("a/b/c/up4", opens("a/b/c/up4"));
    refused("a/b/c/up4/outside/secret", opens("a/b/c/up4/outside/secret"));
    refused("a/b/c/up3/../outside/secret", opens("a/b/c/up3/../outside/secret"));
    refused("down/up3/..", opens("down/up3/.."));
    refused("down/../../../../outside/secret", opens("down/../../../../outside/secret"));

    // What stays inside works, by the same links.
    text("deep-in", get(in(argv[1], "deep-in")), "mine");
    text("in-chain", get(in(argv[1], "in-chain")), "mine");
    text("a/b/c/up3/file", get(in(argv[1], "a/b/c/up3/file")), "mine");
    text("down/../../../file", get(in(argv[1], "down/../../../file")), "mine");
    text("down/deep", get(in(argv[1], "down/deep")), "deep");
    return finish();
}
