// `rm -r`: every entry is removed as it is read, in one pass over 3,000 files and directories, and nothing is left.
// A listing whose cookies are positions skips live entries here: the built-in's do, so it is left out.
//
// preopen: /data
// expect: exit=0
// compare: native
#include "guest.h"

enum { many = 3000 };

static int remove_all(const char *path) {
    int removed = 0;
    DIR *listing = opendir(path);
    for (struct dirent *entry; (entry = readdir(listing)) != NULL;) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
            int flag = entry->d_type == DT_DIR ? AT_REMOVEDIR : 0;
            int gone = unlinkat(dirfd(listing), entry->d_name, flag);
            if (gone != 0) {
                equal(entry->d_name, errno, 0);
            }
            removed += gone == 0;
        }
    }
    closedir(listing);
    return removed;
}

int main(int argc, char **argv) {
    (void)argc;
    char *tree = in(argv[1], "tree"), name[32];
    mkdir(tree, 0777);
    for (int i = 0; i < many; i++) {
        snprintf(name, sizeof name, "tree/%d", i);
        int made = i % 10 == 0 ? mkdir(in(argv[1], name), 0777) : close(open(in(argv[1], name), O_WRONLY | O_CREAT, 0666));
        if (made != 0) {
            equal(name, errno, 0);
        }
    }
    equal("removed", remove_all(in(argv[1], "tree")), many);
    want("rmdir", outcome(rmdir(in(argv[1], "tree"))), 0);
    return finish();
}
