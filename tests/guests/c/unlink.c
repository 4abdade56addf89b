// Removing names: files, links and not what they lead to, never directories.
//
// preopen: /data
// expect: exit=0
// compare: builtin native
#include "guest.h"

int main(int argc, char **argv) {
    (void)argc;
    char *dir = argv[1];
    struct stat status;
    put(in(dir, "file"), "content");
    mkdir(in(dir, "sub"), 0777);
    symlink("file", in(dir, "soft"));
    symlink("sub", in(dir, "soft-sub"));
    link(in(dir, "file"), in(dir, "hard"));

    want("nothing", outcome(unlink(in(dir, "none"))), ENOENT);
    want("below a file", outcome(unlink(in(dir, "file/x"))), ENOTDIR);
    want("a directory", outcome(unlink(in(dir, "sub"))), EISDIR);
    want("a directory with a slash", outcome(unlink(in(dir, "sub/"))), EISDIR);
    want("a file with a slash", outcome(unlink(in(dir, "file/"))), ENOTDIR);
    want("a link", outcome(unlink(in(dir, "soft"))), 0);
    want("a link to a directory", outcome(unlink(in(dir, "soft-sub"))), 0);
    check("the directory is there", exists(in(dir, "sub")));
    want("one of two names", outcome(unlink(in(dir, "file"))), 0);
    text("the other name", get(in(dir, "hard")), "content");
    want("stat", outcome(stat(in(dir, "hard"), &status)), 0);
    equal("its links", status.st_nlink, 1);
    want("the last name", outcome(unlink(in(dir, "hard"))), 0);
    want("again", outcome(unlink(in(dir, "hard"))), ENOENT);
    want("by remove, a directory", outcome(remove(in(dir, "sub"))), 0);
    return finish();
}
