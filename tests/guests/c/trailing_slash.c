// A slash at the end of a path demands a directory, after links are followed too.
//
// preopen: /data
// expect: exit=0
// compare: builtin native
#include "guest.h"

int main(int argc, char **argv) {
    (void)argc;
    char *dir = argv[1];
    struct stat status;
    put(in(dir, "file"), "");
    mkdir(in(dir, "sub"), 0777);
    symlink("file", in(dir, "to-file"));
    symlink("sub", in(dir, "to-sub"));
    symlink("file/", in(dir, "to-file-slash"));

    want("stat file/", outcome(stat(in(dir, "file/"), &status)), ENOTDIR);
    want("lstat file/", outcome(lstat(in(dir, "file/"), &status)), ENOTDIR);
    want("open file/", outcome(open(in(dir, "file/"), O_RDONLY)), ENOTDIR);
    want("stat sub/", outcome(stat(in(dir, "sub/"), &status)), 0);
    want("stat sub///", outcome(stat(in(dir, "sub///"), &status)), 0);
    want("open sub/", outcome(open(in(dir, "sub/"), O_RDONLY)), 0);
    want("stat to-file/", outcome(stat(in(dir, "to-file/"), &status)), ENOTDIR);
    want("stat to-sub/", outcome(stat(in(dir, "to-sub/"), &status)), 0);
    want("lstat to-sub/", outcome(lstat(in(dir, "to-sub/"), &status)), 0);
    check("is the directory", S_ISDIR(status.st_mode));
    want("stat a link to file/", outcome(stat(in(dir, "to-file-slash"), &status)), ENOTDIR);
    want("open a link to file/", outcome(open(in(dir, "to-file-slash"), O_RDONLY)), ENOTDIR);
    want("unlink to-file/", outcome(unlink(in(dir, "to-file/"))), ENOTDIR);
    want("rename file/", outcome(rename(in(dir, "file/"), in(dir, "x"))), ENOTDIR);
    want("rmdir file/", outcome(rmdir(in(dir, "file/"))), ENOTDIR);
    want("stat none/", outcome(stat(in(dir, "none/"), &status)), ENOENT);
    want("create none/", outcome(open(in(dir, "none/"), O_WRONLY | O_CREAT, 0666)), EISDIR);
    check("nothing was made", !exists(in(dir, "none")));
    return finish();
}
