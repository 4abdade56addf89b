// 3,000 entries are listed once each, whatever the C library's buffer is.
//
// preopen: /data
// expect: exit=0
// compare: builtin native
#include "guest.h"

enum { many = 3000 };

int main(int argc, char **argv) {
    (void)argc;
    static unsigned char seen[many];
    char name[64];
    int once = 0, odd = 0, number;
    for (int i = 0; i < many; i++) {
        // Lengths differ, so that records end everywhere in a buffer.
        snprintf(name, sizeof name, "entry-%.*s-%d", i % 30, "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", i);
        int fd = open(in(argv[1], name), O_WRONLY | O_CREAT | O_EXCL, 0666);
        if (fd < 0 || close(fd) != 0) {
            fail(name, "to be made");
        }
    }
    DIR *listing = opendir(argv[1]);
    for (struct dirent *entry; (entry = readdir(listing)) != NULL;) {
        if (entry->d_name[0] == '.') {
            continue;
        }
        char *last = strrchr(entry->d_name, '-');
        if (last != NULL && sscanf(last + 1, "%d", &number) == 1 && number >= 0 && number < many && !seen[number]) {
            seen[number] = 1;
            once++;
        } else {
            odd++;
        }
    }
    closedir(listing);
    equal("once", once, many);
    equal("odd", odd, 0);
    return finish();
}
