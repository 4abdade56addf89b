// Exactly 40 links are followed and the 41st is ELOOP, as on Linux.
//
// preopen: /data
// expect: exit=0
// compare: builtin native
#include "guest.h"

int main(int argc, char **argv) {
    (void)argc;
    char *dir = argv[1], name[32], target[32];
    struct stat status;
    put(in(dir, "chain0"), "end");
    for (int i = 1; i <= 41; i++) {
        snprintf(name, sizeof name, "chain%d", i);
        snprintf(target, sizeof target, "chain%d", i - 1);
        symlink(target, in(dir, name));
    }
    want("40 links", outcome(stat(in(dir, "chain40"), &status)), 0);
    want("41 links", outcome(stat(in(dir, "chain41"), &status)), ELOOP);
    want("41 links, 40 followed", outcome(lstat(in(dir, "chain41"), &status)), 0);

    // The count is for the whole path, not for one part of it.
    symlink(".", in(dir, "dot"));
    char path[256] = "";
    for (int i = 0; i < 20; i++) {
        strcat(path, "dot/");
    }
    strcat(path, "chain20");
    want("20 on the way and 20 at the end", outcome(stat(in(dir, path), &status)), 0);
    memmove(path + 4, path, strlen(path) + 1);
    want("one more on the way", outcome(stat(in(dir, path), &status)), ELOOP);
    return finish();
}
