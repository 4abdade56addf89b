// Links in a circle, and a chain too long to be followed: ELOOP. A chain of 20 is followed.
//
// preopen: /data
// expect: exit=0
// compare: builtin native
#include "guest.h"

int main(int argc, char **argv) {
    (void)argc;
    char *dir = argv[1], name[32], target[32];
    struct stat status;
    symlink("self", in(dir, "self"));
    symlink("there", in(dir, "here"));
    symlink("here", in(dir, "there"));
    want("itself", outcome(stat(in(dir, "self"), &status)), ELOOP);
    want("itself, open", outcome(open(in(dir, "self"), O_RDONLY)), ELOOP);
    want("itself, create", outcome(open(in(dir, "self"), O_WRONLY | O_CREAT, 0666)), ELOOP);
    want("itself, through it", outcome(stat(in(dir, "self/x"), &status)), ELOOP);
    want("in a circle", outcome(stat(in(dir, "here"), &status)), ELOOP);
    want("mkdir through it", outcome(mkdir(in(dir, "here/x"), 0777)), ELOOP);
    want("lstat", outcome(lstat(in(dir, "self"), &status)), 0);

    put(in(dir, "chain0"), "end");
    for (int i = 1; i <= 60; i++) {
        snprintf(name, sizeof name, "chain%d", i);
        snprintf(target, sizeof target, "chain%d", i - 1);
        symlink(target, in(dir, name));
    }
    text("20 links", get(in(dir, "chain20")), "end");
    want("60 links", outcome(stat(in(dir, "chain60"), &status)), ELOOP);
    want("unlink one of the circle", outcome(unlink(in(dir, "self"))), 0);
    return finish();
}
