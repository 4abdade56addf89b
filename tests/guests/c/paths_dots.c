// Dots and slashes inside a path mean what they always mean, as long as the way stays inside; no path at all is ENOENT.
//
// preopen: /data
// expect: exit=0
// compare: builtin native
#include "guest.h"

int main(int argc, char **argv) {
    (void)argc;
    char *dir = argv[1];
    struct stat status;
    mkdir(in(dir, "a"), 0777);
    mkdir(in(dir, "a/b"), 0777);
    put(in(dir, "a/b/file"), "found");
    put(in(dir, "file"), "top");
    int fd = open(dir, O_RDONLY | O_DIRECTORY);
    check("open", fd >= 0);

    text("a/./b/file", get(in(dir, "a/./b/file")), "found");
    text("a//b///file", get(in(dir, "a//b///file")), "found");
    text("a/../file", get(in(dir, "a/../file")), "top");
    text("a/b/../../file", get(in(dir, "a/b/../../file")), "top");
    text("./a/b/../b/./file", get(in(dir, "./a/b/../b/./file")), "found");
    want("none/../file", outcome(stat(in(dir, "none/../file"), &status)), ENOENT);
    want("file/../file", outcome(stat(in(dir, "file/../file"), &status)), ENOTDIR);
    want("file/.", outcome(stat(in(dir, "file/."), &status)), ENOTDIR);
    want("dot", outcome(fstatat(fd, ".", &status, 0)), 0);
    want("a/..", outcome(fstatat(fd, "a/..", &status, 0)), 0);
    want("nothing, stat", outcome(fstatat(fd, "", &status, 0)), ENOENT);
    want("nothing, open", outcome(openat(fd, "", O_RDONLY)), ENOENT);
    want("nothing, mkdir", outcome(mkdirat(fd, "", 0777)), ENOENT);
    want("nothing, unlink", outcome(unlinkat(fd, "", 0)), ENOENT);
    want("three dots are a name", outcome(mkdirat(fd, "...", 0777)), 0);
    want("stat", outcome(stat(in(dir, "..."), &status)), 0);
    return finish();
}
