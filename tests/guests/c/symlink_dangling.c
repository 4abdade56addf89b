// A link to nothing: reading finds nothing, creating makes what it leads to, removing removes the link.
//
// preopen: /data
// expect: exit=0
// compare: builtin native
#include "guest.h"

int main(int argc, char **argv) {
    (void)argc;
    char *dir = argv[1];
    struct stat status;
    want("symlink", outcome(symlink("later", in(dir, "soft"))), 0);
    want("stat", outcome(stat(in(dir, "soft"), &status)), ENOENT);
    want("lstat", outcome(lstat(in(dir, "soft"), &status)), 0);
    want("open", outcome(open(in(dir, "soft"), O_RDONLY)), ENOENT);
    want("through it", outcome(open(in(dir, "soft/x"), O_RDONLY)), ENOENT);
    put(in(dir, "soft"), "made through the link");
    text("made", get(in(dir, "later")), "made through the link");
    check("the link stays a link", lstat(in(dir, "soft"), &status) == 0 && S_ISLNK(status.st_mode));
    want("unlink", outcome(unlink(in(dir, "soft"))), 0);
    check("what it led to stays", exists(in(dir, "later")));
    want("symlink", outcome(symlink("none/deeper", in(dir, "soft"))), 0);
    want("create below nothing", outcome(open(in(dir, "soft"), O_WRONLY | O_CREAT, 0666)), ENOENT);
    return finish();
}
