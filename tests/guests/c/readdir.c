// A directory lists itself, its parent and each entry once, with its kind and its number.
//
// preopen: /data
// expect: exit=0
// compare: builtin native
#include "guest.h"

int main(int argc, char **argv) {
    (void)argc;
    char *dir = argv[1];
    static const char *names[] = {".", "..", "file", "soft", "sub"};
    static const int kinds[] = {DT_DIR, DT_DIR, DT_REG, DT_LNK, DT_DIR};
    int seen[5] = {0}, kind_right[5] = {0}, number_right[5] = {0}, others = 0;
    struct stat status;
    put(in(dir, "file"), "");
    symlink("file", in(dir, "soft"));
    mkdir(in(dir, "sub"), 0777);

    DIR *listing = opendir(dir);
    for (struct dirent *entry; (entry = readdir(listing)) != NULL;) {
        int i = 0;
        while (i < 5 && strcmp(entry->d_name, names[i]) != 0) {
            i++;
        }
        if (i == 5) {
            others++;
            continue;
        }
        seen[i]++;
        kind_right[i] = entry->d_type == kinds[i];
        // The parent's number is not the guest's to know: the directory may be the root of what it was given.
        number_right[i] = i == 1 || (lstat(in(dir, names[i]), &status) == 0 && status.st_ino == entry->d_ino);
    }
    closedir(listing);
    for (int i = 0; i < 5; i++) {
        equal(names[i], seen[i], 1);
        check("kind", kind_right[i]);
        check("number", number_right[i]);
    }
    equal("others", others, 0);

    int count = 0;
    listing = opendir(in(dir, "sub"));
    while (readdir(listing) != NULL) {
        count++;
    }
    closedir(listing);
    equal("entries of an empty one", count, 2);

    want("of a file", outcome_of(opendir(in(dir, "file"))), ENOTDIR);
    want("of nothing", outcome_of(opendir(in(dir, "none"))), ENOENT);
    return finish();
}
