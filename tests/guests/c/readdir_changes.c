// While a directory is read, entries come and go: what was there all the time is listed exactly once.
// The built-in's cookies are positions, which move, so it is left out.
//
// preopen: /data
// expect: exit=0
// compare: native
#include "guest.h"

enum { many = 500 };

int main(int argc, char **argv) {
    (void)argc;
    static unsigned char seen[many];
    char *dir = argv[1], name[32];
    int number, step = 0, twice = 0, missed = 0;
    for (int i = 0; i < many; i++) {
        snprintf(name, sizeof name, "stays%d", i);
        close(open(in(dir, name), O_WRONLY | O_CREAT, 0666));
        snprintf(name, sizeof name, "goes%d", i);
        close(open(in(dir, name), O_WRONLY | O_CREAT, 0666));
    }
    DIR *listing = opendir(dir);
    for (struct dirent *entry; (entry = readdir(listing)) != NULL && step < 10 * many;) {
        if (sscanf(entry->d_name, "stays%d", &number) == 1 && number >= 0 && number < many) {
            twice += seen[number]++;
        }
        if (step < many) {
            snprintf(name, sizeof name, "goes%d", step);
            unlink(in(dir, name));
            snprintf(name, sizeof name, "comes%d", step);
            close(open(in(dir, name), O_WRONLY | O_CREAT, 0666));
        }
        step++;
    }
    closedir(listing);
    for (int i = 0; i < many; i++) {
        missed += !seen[i];
    }
    check("it ended", step < 10 * many);
    equal("missed", missed, 0);
    equal("twice", twice, 0);
    return finish();
}
