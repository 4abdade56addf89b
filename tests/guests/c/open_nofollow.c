// O_NOFOLLOW refuses a link at the end of the path, dangling or not, and follows those before the end.
//
// preopen: /data
// expect: exit=0
// compare: builtin native
#include "guest.h"

static int opens(const char *path, int flags) {
    int fd = open(path, flags, 0666);
    int error = outcome(fd);
    if (fd >= 0) {
        close(fd);
    }
    return error;
}

int main(int argc, char **argv) {
    (void)argc;
    char *dir = argv[1];
    put(in(dir, "file"), "content");
    want("mkdir", outcome(mkdir(in(dir, "sub"), 0777)), 0);
    put(in(dir, "sub/inner"), "inner");
    want("link to file", outcome(symlink("file", in(dir, "to-file"))), 0);
    want("link to directory", outcome(symlink("sub", in(dir, "to-sub"))), 0);
    want("link to nothing", outcome(symlink("none", in(dir, "to-none"))), 0);

    want("file", opens(in(dir, "file"), O_RDONLY | O_NOFOLLOW), 0);
    want("file by link", opens(in(dir, "to-file"), O_RDONLY), 0);
    want("link itself", opens(in(dir, "to-file"), O_RDONLY | O_NOFOLLOW), ELOOP);
    want("link itself, to write", opens(in(dir, "to-file"), O_WRONLY | O_NOFOLLOW), ELOOP);
    want("dangling link itself", opens(in(dir, "to-none"), O_RDONLY | O_NOFOLLOW), ELOOP);
    want("dangling link, creating", opens(in(dir, "to-none"), O_WRONLY | O_CREAT | O_NOFOLLOW), ELOOP);
    want("dangling link, exclusive", opens(in(dir, "to-none"), O_WRONLY | O_CREAT | O_EXCL), EEXIST);
    check("nothing was created", !exists(in(dir, "none")));
    want("link in the middle", opens(in(dir, "to-sub/inner"), O_RDONLY | O_NOFOLLOW), 0);
    either("link to a directory, as directory", opens(in(dir, "to-sub"), O_RDONLY | O_DIRECTORY | O_NOFOLLOW), ELOOP, ENOTDIR);
    want("link to a file, as directory", opens(in(dir, "to-file"), O_RDONLY | O_DIRECTORY), ENOTDIR);
    return finish();
}
