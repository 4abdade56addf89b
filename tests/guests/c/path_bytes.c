// wasm-only
// Path bytes that no C program could pass: not UTF-8 is EILSEQ, a NUL anywhere is refused and never cuts the path short.
//
// preopen: /data
// expect: exit=0
// compare: builtin
#include "guest.h"
#include "preview1.h"

static void nul(const char *what, uint32_t error) {
    if (error == EINVAL || error == EILSEQ || error == ENOENT) {
        say("%s: refused", what);
    } else {
        want(what, error, EINVAL);
    }
}

static void bytes(const char *what, const char *path, uint32_t length) {
    struct filestat status;
    uint32_t fd;
    say("%s", what);
    want("open", wasi_path_open(3, 0, ADDRESS(path), length, OFLAG_CREAT, RIGHT_FD_WRITE, 0, 0, ADDRESS(&fd)), EILSEQ);
    want("stat", wasi_path_filestat_get(3, 0, ADDRESS(path), length, ADDRESS(&status)), EILSEQ);
    want("mkdir", wasi_path_create_directory(3, ADDRESS(path), length), EILSEQ);
    want("unlink", wasi_path_unlink_file(3, ADDRESS(path), length), EILSEQ);
    want("rename to", wasi_path_rename(3, PATH("file"), 3, ADDRESS(path), length), EILSEQ);
    want("link to", wasi_path_symlink(PATH("file"), 3, ADDRESS(path), length), EILSEQ);
}

int main(int argc, char **argv) {
    (void)argc;
    struct filestat status;
    uint32_t fd;
    put(in(argv[1], "file"), "content");

    bytes("a lone byte", "\xff", 1);
    bytes("a start without its rest", "caf\xc3", 4);
    bytes("a rest without its start", "\xa9x", 2);
    bytes("an overlong slash", "\xc0\xaf", 2);
    bytes("half of a surrogate pair", "\xed\xa0\x80", 3);
    bytes("beyond the last character", "\xf4\x90\x80\x80", 4);

    nul("NUL at the end, stat", wasi_path_filestat_get(3, 0, ADDRESS("file"), 5, ADDRESS(&status)));
    nul("NUL at the end, open", wasi_path_open(3, 0, ADDRESS("file"), 5, 0, RIGHT_FD_READ, 0, 0, ADDRESS(&fd)));
    nul("NUL inside, stat", wasi_path_filestat_get(3, 0, ADDRESS("file\0x"), 6, ADDRESS(&status)));
    nul("NUL inside, create", wasi_path_open(3, 0, ADDRESS("new\0x"), 5, OFLAG_CREAT, RIGHT_FD_WRITE, 0, 0, ADDRESS(&fd)));
    nul("NUL inside, unlink", wasi_path_unlink_file(3, ADDRESS("file\0x"), 6));
    nul("NUL inside, mkdir", wasi_path_create_directory(3, ADDRESS("new\0x"), 5));
    nul("NUL alone", wasi_path_filestat_get(3, 0, ADDRESS("\0"), 1, ADDRESS(&status)));
    nul("NUL in a link's text", wasi_path_symlink(ADDRESS("file\0x"), 6, 3, PATH("soft")));
    check("the file is there", exists(in(argv[1], "file")));
    check("nothing else is", !exists(in(argv[1], "new")) && !exists(in(argv[1], "soft")));
    want("the length counts, not a NUL", wasi_path_filestat_get(3, 0, ADDRESS("filename"), 4, ADDRESS(&status)), 0);
    return finish();
}
