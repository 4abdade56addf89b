// Removing a directory by a path that ends in a slash works, by one that ends in two dots it cannot.
// The built-in answers EINVAL to both, so it is left out.
//
// preopen: /data
// expect: exit=0
// compare: native
#include "guest.h"

int main(int argc, char **argv) {
    (void)argc;
    char *dir = argv[1];
    mkdir(in(dir, "sub"), 0777);
    mkdir(in(dir, "sub/inner"), 0777);
    want("two dots", outcome(rmdir(in(dir, "sub/inner/.."))), ENOTEMPTY);
    want("a slash", outcome(rmdir(in(dir, "sub/inner/"))), 0);
    want("three slashes", outcome(rmdir(in(dir, "sub///"))), 0);
    check("gone", !exists(in(dir, "sub")));
    return finish();
}
