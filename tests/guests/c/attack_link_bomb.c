// Links that double with every step: 2^50 look-ups in a path of ten bytes. The count of links ends it at once (ELOOP).
//
// class: absolute and relative links
// class: limits
// preopen: /data
// expect: exit=0
// compare: builtin native
#include "guest.h"

int main(int argc, char **argv) {
    (void)argc;
    char *dir = argv[1], name[32], target[64];
    struct stat status;
    mkdir(in(dir, "l0"), 0777);
    for (int i = 1; i <= 50; i++) {
        snprintf(name, sizeof name, "l%d", i);
        snprintf(target, sizeof target, "l%d/../l%d", i - 1, i - 1);
        symlink(target, in(dir, name));
    }
    want("a few", outcome(stat(in(dir, "l4"), &status)), 0);
    want("too many", outcome(stat(in(dir, "l50"), &status)), ELOOP);
    want("too many, open", outcome(open(in(dir, "l50/x"), O_WRONLY | O_CREAT, 0666)), ELOOP);
    return finish();
}
