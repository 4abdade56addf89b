// A file system with a limit on files: ENOSPC for files, directories and links alike; removing gives room. A
// hard link needs none, though Linux's tmpfs counts it.
//
// class: limits
// preopen: /data
// limit: inodes=64
// expect: exit=0
// compare:
#include "guest.h"

int main(int argc, char **argv) {
    (void)argc;
    char *dir = argv[1], name[32];
    int made = 0, result = 0;
    while (made < 1000) {
        snprintf(name, sizeof name, "%d", made);
        switch (made % 3) {
        case 0:
            result = open(in(dir, name), O_WRONLY | O_CREAT | O_EXCL, 0666);
            if (result >= 0) {
                close(result);
            }
            break;
        case 1: result = mkdir(in(dir, name), 0777); break;
        case 2: result = symlink("x", in(dir, name)); break;
        }
        if (result < 0) {
            break;
        }
        made++;
    }
    want("in the end", outcome(result < 0 ? -1 : 0), ENOSPC);
    check("most of 64, and no more", made > 48 && made <= 64);
    want("a file", outcome(open(in(dir, "more"), O_WRONLY | O_CREAT, 0666)), ENOSPC);
    want("a directory", outcome(mkdir(in(dir, "more"), 0777)), ENOSPC);
    want("a link", outcome(symlink("x", in(dir, "more"))), ENOSPC);
    either("a hard link", outcome(link(in(dir, "0"), in(dir, "hard"))), 0, ENOSPC);
    want("remove one", outcome(rmdir(in(dir, "1"))), 0);
    want("room for one", outcome(mkdir(in(dir, "more"), 0777)), 0);
    want("and no more", outcome(mkdir(in(dir, "even more"), 0777)), ENOSPC);
    return finish();
}
