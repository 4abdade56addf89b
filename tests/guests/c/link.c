// Hard links: two names of one file, never of a directory, never over a name; a link to a link is to the link itself.
//
// preopen: /data
// expect: exit=0
// compare: builtin native
#include "guest.h"

int main(int argc, char **argv) {
    (void)argc;
    char *dir = argv[1];
    struct stat status;
    put(in(dir, "file"), "shared");
    mkdir(in(dir, "sub"), 0777);
    symlink("file", in(dir, "soft"));
    symlink("none", in(dir, "dangling"));

    want("link", outcome(link(in(dir, "file"), in(dir, "hard"))), 0);
    int fd = open(in(dir, "hard"), O_WRONLY);
    equal("write by one name", pwrite(fd, "SH", 2, 0), 2);
    text("read by the other", get(in(dir, "file")), "SHared");
    want("into a directory", outcome(link(in(dir, "file"), in(dir, "sub/hard"))), 0);
    stat(in(dir, "file"), &status);
    equal("links", status.st_nlink, 3);

    want("of nothing", outcome(link(in(dir, "none"), in(dir, "x"))), ENOENT);
    want("of a directory", outcome(link(in(dir, "sub"), in(dir, "x"))), EPERM);
    want("over a file", outcome(link(in(dir, "file"), in(dir, "hard"))), EEXIST);
    want("over itself", outcome(link(in(dir, "file"), in(dir, "file"))), EEXIST);
    want("over a directory", outcome(link(in(dir, "file"), in(dir, "sub"))), EEXIST);
    want("over a dangling link", outcome(link(in(dir, "file"), in(dir, "dangling"))), EEXIST);
    want("into nothing", outcome(link(in(dir, "file"), in(dir, "none/x"))), ENOENT);
    want("below a file", outcome(link(in(dir, "file"), in(dir, "hard/x"))), ENOTDIR);
    want("to a name with a slash", outcome(link(in(dir, "file"), in(dir, "x/"))), ENOENT);
    check("nothing was made", !exists(in(dir, "x")));

    want("of a link", outcome(link(in(dir, "soft"), in(dir, "soft-hard"))), 0);
    want("lstat", outcome(lstat(in(dir, "soft-hard"), &status)), 0);
    check("is the link", S_ISLNK(status.st_mode) && status.st_nlink == 2);
    return finish();
}
