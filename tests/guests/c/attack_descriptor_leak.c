// Opens that fail for every reason there is, a thousand times each: none uses up a descriptor.
//
// class: limits
// preopen: /data
// limit: descriptors=64
// expect: exit=0
// compare: builtin native
#include "guest.h"

int main(int argc, char **argv) {
    (void)argc;
    char *dir = argv[1], *long_name = malloc(301);
    int opened = 0;
    memset(long_name, 'n', 300);
    long_name[300] = '\0';
    put(in(dir, "file"), "");
    mkdir(in(dir, "sub"), 0777);
    symlink("loop", in(dir, "loop"));
    for (int i = 0; i < 1000; i++) {
        opened += open(in(dir, "none"), O_RDONLY) >= 0;
        opened += open(in(dir, "file/x"), O_RDONLY) >= 0;
        opened += open(in(dir, "file"), O_RDONLY | O_DIRECTORY) >= 0;
        opened += open(in(dir, "file"), O_WRONLY | O_CREAT | O_EXCL, 0666) >= 0;
        opened += open(in(dir, "sub"), O_WRONLY) >= 0;
        opened += open(in(dir, "loop"), O_RDONLY) >= 0;
        opened += open(in(dir, "loop"), O_RDONLY | O_NOFOLLOW) >= 0;
        opened += open(in(dir, long_name), O_WRONLY | O_CREAT, 0666) >= 0;
        opened += opendir(in(dir, "file")) != NULL;
    }
    equal("opened", opened, 0);
    int fds[20], failed = 0;
    for (int i = 0; i < 20; i++) {
        fds[i] = open(in(dir, "file"), O_RDONLY);
        failed += fds[i] < 0;
    }
    equal("failures after it", failed, 0);
    return finish();
}
