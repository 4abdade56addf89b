// Renaming directories: onto an empty one, not onto a full one, a file or anything below itself.
//
// preopen: /data
// expect: exit=0
// compare: builtin native
#include "guest.h"

int main(int argc, char **argv) {
    (void)argc;
    char *dir = argv[1];
    mkdir(in(dir, "a"), 0777);
    mkdir(in(dir, "a/inner"), 0777);
    put(in(dir, "a/inner/file"), "deep");
    mkdir(in(dir, "empty"), 0777);
    mkdir(in(dir, "full"), 0777);
    put(in(dir, "full/file"), "");
    put(in(dir, "plain"), "");

    want("into itself", outcome(rename(in(dir, "a"), in(dir, "a/b"))), EINVAL);
    want("deep into itself", outcome(rename(in(dir, "a"), in(dir, "a/inner/b"))), EINVAL);
    want("onto its child", outcome(rename(in(dir, "a"), in(dir, "a/inner"))), EINVAL);
    want("onto its parent", outcome(rename(in(dir, "a/inner"), in(dir, "a"))), ENOTEMPTY);
    want("onto a full one", outcome(rename(in(dir, "a"), in(dir, "full"))), ENOTEMPTY);
    want("onto a file", outcome(rename(in(dir, "a"), in(dir, "plain"))), ENOTDIR);
    want("onto itself", outcome(rename(in(dir, "a"), in(dir, "a"))), 0);
    text("nothing moved", get(in(dir, "a/inner/file")), "deep");
    want("onto an empty one", outcome(rename(in(dir, "a"), in(dir, "empty"))), 0);
    check("the old name is gone", !exists(in(dir, "a")));
    text("all of it moved", get(in(dir, "empty/inner/file")), "deep");
    want("to a name with a slash", outcome(rename(in(dir, "empty"), in(dir, "b/"))), 0);
    want("from a name with a slash", outcome(rename(in(dir, "b/"), in(dir, "c"))), 0);
    want("into another", outcome(rename(in(dir, "c"), in(dir, "full/c"))), 0);
    text("all of it moved", get(in(dir, "full/c/inner/file")), "deep");

    struct stat parent, full;
    stat(in(dir, "full/c/.."), &parent);
    stat(in(dir, "full"), &full);
    check("its parent is the new one", parent.st_ino == full.st_ino);
    want("an open directory", outcome(rename(in(dir, "full/c"), in(dir, "d"))), 0);
    int fd = open(in(dir, "d"), O_RDONLY | O_DIRECTORY);
    want("moves under its descriptor", outcome(rename(in(dir, "d"), in(dir, "e"))), 0);
    int file = openat(fd, "inner/file", O_RDONLY);
    check("which still finds what is in it", file >= 0);
    return finish();
}
