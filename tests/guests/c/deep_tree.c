// A tree 200 levels deep, made and removed level by level through open directories, so that no path is ever long.
//
// preopen: /data
// expect: exit=0
// compare: builtin native
#include "guest.h"

enum { levels = 200 };

int main(int argc, char **argv) {
    (void)argc;
    static int fds[levels + 1];
    int made = 0, removed = 0;
    fds[0] = open(argv[1], O_RDONLY | O_DIRECTORY);
    for (int i = 0; i < levels; i++) {
        made += mkdirat(fds[i], "level", 0777) == 0;
        fds[i + 1] = openat(fds[i], "level", O_RDONLY | O_DIRECTORY);
    }
    equal("made", made, levels);
    int file = openat(fds[levels], "bottom", O_WRONLY | O_CREAT, 0666);
    check("file at the bottom", file >= 0);
    close(file);
    want("remove it", outcome(unlinkat(fds[levels], "bottom", 0)), 0);

    // By a path too: 100 levels are 600 bytes.
    char path[1024] = ".";
    struct stat by_path, by_fd;
    for (int i = 0; i < 100; i++) {
        strcat(path, "/level");
    }
    want("stat by path", outcome(fstatat(fds[0], path, &by_path, 0)), 0);
    want("stat by descriptor", outcome(fstat(fds[100], &by_fd)), 0);
    check("the same", by_path.st_ino == by_fd.st_ino);

    for (int i = levels; i > 0; i--) {
        close(fds[i]);
        removed += unlinkat(fds[i - 1], "level", AT_REMOVEDIR) == 0;
    }
    equal("removed", removed, levels);
    return finish();
}
