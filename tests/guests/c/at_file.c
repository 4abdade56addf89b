// Every path call relative to a descriptor that is a plain file is ENOTDIR.
// The built-in answers EBADF to all but open, so it is left out.
//
// preopen: /data
// expect: exit=0
// compare: native
#include "guest.h"

int main(int argc, char **argv) {
    (void)argc;
    char *dir = argv[1], buffer[16];
    struct stat status;
    put(in(dir, "plain"), "");
    put(in(dir, "file"), "");
    int plain = open(in(dir, "plain"), O_RDONLY), top = open(dir, O_RDONLY | O_DIRECTORY);
    want("openat", outcome(openat(plain, "x", O_RDONLY)), ENOTDIR);
    want("fstatat", outcome(fstatat(plain, "x", &status, 0)), ENOTDIR);
    want("mkdirat", outcome(mkdirat(plain, "x", 0777)), ENOTDIR);
    want("unlinkat", outcome(unlinkat(plain, "x", 0)), ENOTDIR);
    want("unlinkat of a directory", outcome(unlinkat(plain, "x", AT_REMOVEDIR)), ENOTDIR);
    want("readlinkat", outcome(readlinkat(plain, "x", buffer, sizeof buffer)), ENOTDIR);
    want("symlinkat", outcome(symlinkat("t", plain, "x")), ENOTDIR);
    want("linkat from", outcome(linkat(plain, "x", top, "y", 0)), ENOTDIR);
    want("linkat to", outcome(linkat(top, "file", plain, "y", 0)), ENOTDIR);
    want("renameat from", outcome(renameat(plain, "x", top, "y")), ENOTDIR);
    want("renameat to", outcome(renameat(top, "file", plain, "y")), ENOTDIR);
    return finish();
}
