// Read-only means read-only for every verb: EROFS, whatever the verb is, and everything stays as it was.
// The built-in answers EPERM, so it is left out; natively the directory would not be read-only.
//
// class: truncate as write
// preopen: /ro ro
// setup: file ro/file "precious"
// setup: dir ro/sub
// setup: symlink ro/soft file
// after: file ro/file "precious"
// after: entries ro 3
// after: dir ro/sub
// expect: exit=0
// compare:
#include "guest.h"

int main(int argc, char **argv) {
    (void)argc;
    char *dir = argv[1];
    struct timespec times[2] = {{1, 0}, {1, 0}};
    struct stat before, after;
    stat(in(dir, "file"), &before);
    want("open to write", outcome(open(in(dir, "file"), O_WRONLY)), EROFS);
    want("open to read and write", outcome(open(in(dir, "file"), O_RDWR)), EROFS);
    want("open to append", outcome(open(in(dir, "file"), O_WRONLY | O_APPEND)), EROFS);
    want("open through a link", outcome(open(in(dir, "soft"), O_WRONLY)), EROFS);
    want("create", outcome(open(in(dir, "new"), O_WRONLY | O_CREAT, 0666)), EROFS);
    want("create to read", outcome(open(in(dir, "new"), O_RDONLY | O_CREAT, 0666)), EROFS);
    want("create below a directory", outcome(open(in(dir, "sub/new"), O_WRONLY | O_CREAT, 0666)), EROFS);
    want("truncate", outcome(truncate(in(dir, "file"), 0)), EROFS);
    want("mkdir", outcome(mkdir(in(dir, "new"), 0777)), EROFS);
    want("rmdir", outcome(rmdir(in(dir, "sub"))), EROFS);
    want("unlink", outcome(unlink(in(dir, "file"))), EROFS);
    want("rename", outcome(rename(in(dir, "file"), in(dir, "new"))), EROFS);
    want("link", outcome(link(in(dir, "file"), in(dir, "new"))), EROFS);
    want("symlink", outcome(symlink("file", in(dir, "new"))), EROFS);
    want("set times", outcome(utimensat(AT_FDCWD, in(dir, "file"), times, 0)), EROFS);
    want("set a link's times", outcome(utimensat(AT_FDCWD, in(dir, "soft"), times, AT_SYMLINK_NOFOLLOW)), EROFS);

    int fd = open(in(dir, "file"), O_RDONLY);
    check("open to read", fd >= 0);
    want("write", outcome(write(fd, "x", 1)), EBADF);
    either("ftruncate", outcome(ftruncate(fd, 0)), EINVAL, EBADF);
    want("set times of an open file", outcome(futimens(fd, times)), EROFS);

    // The directory's own descriptor, and one opened below it, are no way around.
    int sub = open(in(dir, "sub"), O_RDONLY | O_DIRECTORY);
    want("create by descriptor", outcome(openat(sub, "new", O_WRONLY | O_CREAT, 0666)), EROFS);
    want("mkdir by descriptor", outcome(mkdirat(sub, "new", 0777)), EROFS);
    want("up and over by descriptor", outcome(open(in(dir, "sub/../file"), O_WRONLY)), EROFS);
    stat(in(dir, "file"), &after);
    check("times kept", before.st_mtim.tv_sec == after.st_mtim.tv_sec && before.st_mtim.tv_nsec == after.st_mtim.tv_nsec);
    text("content", get(in(dir, "file")), "precious");
    return finish();
}
