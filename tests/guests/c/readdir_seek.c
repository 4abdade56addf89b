// telldir and seekdir come back to the same entry; rewinddir starts anew and sees what was made meanwhile.
//
// preopen: /data
// expect: exit=0
// compare: builtin native
#include "guest.h"

enum { many = 300 };

int main(int argc, char **argv) {
    (void)argc;
    char *dir = argv[1], name[32];
    static char names[many + 2][32];
    static long places[many + 2];
    int count = 0, wrong = 0, after = 0, found = 0;
    for (int i = 0; i < many; i++) {
        snprintf(name, sizeof name, "entry%d", i);
        close(open(in(dir, name), O_WRONLY | O_CREAT, 0666));
    }
    DIR *listing = opendir(dir);
    for (;;) {
        long place = telldir(listing);
        struct dirent *entry = readdir(listing);
        if (entry == NULL || count == many + 2) {
            break;
        }
        places[count] = place;
        snprintf(names[count++], 32, "%s", entry->d_name);
    }
    equal("entries", count, many + 2);
    for (int i = count - 1; i >= 0; i -= 7) {
        seekdir(listing, places[i]);
        struct dirent *entry = readdir(listing);
        wrong += entry == NULL || strcmp(entry->d_name, names[i]) != 0;
    }
    equal("wrong places", wrong, 0);
    seekdir(listing, places[count / 2]);
    while (readdir(listing) != NULL) {
        after++;
    }
    equal("the second half", after, count - count / 2);

    close(open(in(dir, "new"), O_WRONLY | O_CREAT, 0666));
    rewinddir(listing);
    after = 0;
    for (struct dirent *entry; (entry = readdir(listing)) != NULL; after++) {
        found += strcmp(entry->d_name, "new") == 0;
    }
    equal("entries from the start", after, count + 1);
    equal("the new one", found, 1);
    closedir(listing);
    return finish();
}
