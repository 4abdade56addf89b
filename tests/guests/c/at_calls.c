// Calls relative to an open directory: a sub directory is a start like any other, a file is none, a closed one is EBADF.
//
// preopen: /data
// expect: exit=0
// compare: builtin native
#include "guest.h"

int main(int argc, char **argv) {
    (void)argc;
    char *dir = argv[1], buffer[16];
    struct stat status;
    mkdir(in(dir, "sub"), 0777);
    put(in(dir, "plain"), "");
    int sub = open(in(dir, "sub"), O_RDONLY | O_DIRECTORY), plain = open(in(dir, "plain"), O_RDONLY);

    int fd = openat(sub, "file", O_RDWR | O_CREAT, 0666);
    equal("write", write(fd, "x", 1), 1);
    want("fstatat", outcome(fstatat(sub, "file", &status, 0)), 0);
    want("mkdirat", outcome(mkdirat(sub, "inner", 0777)), 0);
    want("symlinkat", outcome(symlinkat("file", sub, "soft")), 0);
    equal("readlinkat", readlinkat(sub, "soft", buffer, sizeof buffer), 4);
    want("linkat", outcome(linkat(sub, "file", sub, "hard", 0)), 0);
    want("renameat", outcome(renameat(sub, "hard", sub, "inner/hard")), 0);
    want("unlinkat", outcome(unlinkat(sub, "inner/hard", 0)), 0);
    want("unlinkat of a directory", outcome(unlinkat(sub, "inner", AT_REMOVEDIR)), 0);
    want("faccessat", outcome(faccessat(sub, "soft", R_OK, 0)), 0);
    check("it is in the sub directory", exists(in(dir, "sub/soft")));
    int inner = openat(sub, ".", O_RDONLY | O_DIRECTORY);
    want("a sub directory of itself", outcome(fstatat(inner, "file", &status, 0)), 0);

    want("relative to a file", outcome(openat(plain, "x", O_RDONLY)), ENOTDIR);
    want("relative to nothing", outcome(openat(999, "x", O_RDONLY)), EBADF);
    want("mkdirat relative to nothing", outcome(mkdirat(999, "x", 0777)), EBADF);
    close(sub);
    want("relative to a closed one", outcome(openat(sub, "file", O_RDONLY)), EBADF);
    return finish();
}
