// Making and removing directories, and every way POSIX has to say no.
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
    symlink("none", in(dir, "dangling"));
    want("mkdir", outcome(mkdir(in(dir, "sub"), 0777)), 0);
    want("again", outcome(mkdir(in(dir, "sub"), 0777)), EEXIST);
    want("over a file", outcome(mkdir(in(dir, "file"), 0777)), EEXIST);
    want("over a dangling link", outcome(mkdir(in(dir, "dangling"), 0777)), EEXIST);
    check("which made nothing", !exists(in(dir, "none")));
    want("below nothing", outcome(mkdir(in(dir, "none/sub"), 0777)), ENOENT);
    want("below a file", outcome(mkdir(in(dir, "file/sub"), 0777)), ENOTDIR);
    want("below a directory", outcome(mkdir(in(dir, "sub/inner"), 0777)), 0);
    want("with a slash at the end", outcome(mkdir(in(dir, "slash/"), 0777)), 0);
    want("its kind", outcome(stat(in(dir, "slash"), &status)), 0);
    check("directory", S_ISDIR(status.st_mode));
    want("dot", outcome(mkdir(in(dir, "sub/."), 0777)), EEXIST);

    want("remove a full one", outcome(rmdir(in(dir, "sub"))), ENOTEMPTY);
    want("remove a file", outcome(rmdir(in(dir, "file"))), ENOTDIR);
    want("remove nothing", outcome(rmdir(in(dir, "none"))), ENOENT);
    want("remove below a file", outcome(rmdir(in(dir, "file/x"))), ENOTDIR);
    want("remove dot", outcome(rmdir(in(dir, "sub/inner/."))), EINVAL);
    symlink("slash", in(dir, "to-slash"));
    want("remove a link to one", outcome(rmdir(in(dir, "to-slash"))), ENOTDIR);
    want("remove the inner", outcome(rmdir(in(dir, "sub/inner"))), 0);
    want("remove the outer", outcome(rmdir(in(dir, "sub"))), 0);
    want("it is gone", outcome(stat(in(dir, "sub"), &status)), ENOENT);
    return finish();
}
