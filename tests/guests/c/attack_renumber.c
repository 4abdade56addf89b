// wasm-only
// fd_renumber used as a weapon: onto itself, onto closed numbers, over preopens and standard streams, ten thousand times.
// No panic, no leak, no file behind the wrong number (CVE-2025-53901, GHSA-3p27-qvp9-27qf).
//
// class: renumber
// preopen: /data
// preopen: /other
// limit: descriptors=64
// expect: exit=0
// compare: builtin
#include "guest.h"
#include "preview1.h"

int main(int argc, char **argv) {
    (void)argc;
    uint32_t error;
    int failed = 0;
    put(in(argv[1], "file"), "content");
    put(in(argv[2], "only-there"), "");
    int kept = open(in(argv[1], "file"), O_RDONLY);

    for (int i = 0; i < 10000; i++) {
        int a = open(in(argv[1], "file"), O_RDONLY), b = open(in(argv[1], "file"), O_RDONLY);
        failed += wasi_fd_renumber(b, b) != 0 || wasi_fd_renumber(a, b) != 0 || wasi_fd_renumber(a, b) != EBADF
            || wasi_fd_renumber(b, a) != EBADF || wasi_fd_close(b) != 0 || wasi_fd_renumber(b, b) != EBADF
            || wasi_fd_renumber(kept, kept) != 0;
    }
    equal("rounds that went wrong", failed, 0);
    int again = open(in(argv[1], "file"), O_RDONLY);
    check("a number is left", again >= 0);

    // One granted directory over the other: the number is the other directory now, with its own right to it.
    want("4 over 3", wasi_fd_renumber(4, 3), 0);
    wasi_open(4, "only-there", 0, RIGHT_FD_READ, &error);
    want("4 is closed", error, EBADF);
    wasi_open(3, "only-there", 0, RIGHT_FD_READ, &error);
    want("3 is what 4 was", error, 0);
    wasi_open(3, "file", 0, RIGHT_FD_READ, &error);
    want("and no longer what it was", error, ENOENT);
    wasi_open(3, "../data/file", 0, RIGHT_FD_READ, &error);
    refused("and 3 leads nowhere else", error);

    // A plain file over a directory's number: path calls see the file.
    want("a file over 3", wasi_fd_renumber(again, 3), 0);
    wasi_open(3, "file", 0, RIGHT_FD_READ, &error);
    either("which is no directory", error, ENOTDIR, EBADF);
    char content[8] = "";
    equal("the kept one still reads", read(kept, content, 7), 7);
    text("its content", content, "content");
    return finish();
}
