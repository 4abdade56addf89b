// stat, lstat and fstat agree about kind, size and link count; a file's identity survives renaming and linking.
//
// preopen: /data
// expect: exit=0
// compare: builtin native
#include "guest.h"

static int same(const struct stat *a, const struct stat *b) {
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

int main(int argc, char **argv) {
    (void)argc;
    char *dir = argv[1];
    struct stat file, open_file, other, through, link_itself, folder;
    put(in(dir, "file"), "hello");
    int fd = open(in(dir, "file"), O_RDONLY);
    want("stat", outcome(stat(in(dir, "file"), &file)), 0);
    want("fstat", outcome(fstat(fd, &open_file)), 0);
    check("regular file", S_ISREG(file.st_mode) && S_ISREG(open_file.st_mode));
    equal("size", file.st_size, 5);
    equal("links", file.st_nlink, 1);
    check("same file", same(&file, &open_file));

    want("link", outcome(link(in(dir, "file"), in(dir, "hard"))), 0);
    want("stat", outcome(stat(in(dir, "hard"), &other)), 0);
    check("same file by its other name", same(&file, &other));
    equal("links", other.st_nlink, 2);
    want("rename", outcome(rename(in(dir, "file"), in(dir, "renamed"))), 0);
    want("stat", outcome(stat(in(dir, "renamed"), &other)), 0);
    check("same file by its new name", same(&file, &other));

    want("symlink", outcome(symlink("renamed", in(dir, "soft"))), 0);
    want("stat", outcome(stat(in(dir, "soft"), &through)), 0);
    want("lstat", outcome(lstat(in(dir, "soft"), &link_itself)), 0);
    check("through the link", same(&file, &through));
    check("the link itself", S_ISLNK(link_itself.st_mode) && !same(&file, &link_itself));
    equal("its size", link_itself.st_size, 7);

    want("mkdir", outcome(mkdir(in(dir, "sub"), 0777)), 0);
    want("stat", outcome(stat(in(dir, "sub"), &folder)), 0);
    check("directory", S_ISDIR(folder.st_mode));
    want("its dot", outcome(stat(in(dir, "sub/."), &other)), 0);
    check("the same directory", same(&folder, &other));
    want("its parent", outcome(stat(in(dir, "sub/.."), &other)), 0);
    want("root", outcome(stat(dir, &folder)), 0);
    check("the root again", same(&folder, &other));

    put(in(dir, "another"), "");
    want("stat", outcome(stat(in(dir, "another"), &other)), 0);
    check("another file is another", !same(&file, &other));
    want("missing", outcome(stat(in(dir, "none"), &other)), ENOENT);
    want("below a file", outcome(stat(in(dir, "renamed/x"), &other)), ENOTDIR);
    want("fstat of a closed one", (close(fd), outcome(fstat(fd, &other))), EBADF);
    want("access", outcome(access(in(dir, "renamed"), R_OK)), 0);
    want("access to nothing", outcome(access(in(dir, "none"), F_OK)), ENOENT);
    return finish();
}
