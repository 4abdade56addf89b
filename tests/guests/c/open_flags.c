// What open makes, keeps and refuses: creating, exclusively, truncating, directories, missing parents.
//
// preopen: /data
// expect: exit=0
// compare: builtin native
#include "guest.h"

static const char *dir;

static int opens(const char *name, int flags) {
    int fd = open(in(dir, name), flags, 0666);
    int error = outcome(fd);
    if (fd >= 0) {
        close(fd);
    }
    return error;
}

int main(int argc, char **argv) {
    (void)argc;
    dir = argv[1];
    want("missing", opens("file", O_RDONLY), ENOENT);
    want("missing, to write", opens("file", O_WRONLY), ENOENT);
    want("created", opens("file", O_WRONLY | O_CREAT), 0);
    equal("its size", size_of(in(dir, "file")), 0);
    put(in(dir, "file"), "content");
    want("created again", opens("file", O_WRONLY | O_CREAT), 0);
    text("kept", get(in(dir, "file")), "content");
    want("exclusive", opens("file", O_WRONLY | O_CREAT | O_EXCL), EEXIST);
    want("exclusive and truncating", opens("file", O_WRONLY | O_CREAT | O_EXCL | O_TRUNC), EEXIST);
    text("still kept", get(in(dir, "file")), "content");
    want("truncated", opens("file", O_WRONLY | O_TRUNC), 0);
    equal("its size", size_of(in(dir, "file")), 0);
    want("exclusive and new", opens("fresh", O_RDWR | O_CREAT | O_EXCL), 0);
    want("truncate a missing one", opens("none", O_WRONLY | O_TRUNC), ENOENT);

    want("mkdir", outcome(mkdir(in(dir, "sub"), 0777)), 0);
    want("directory to read", opens("sub", O_RDONLY), 0);
    want("directory as directory", opens("sub", O_RDONLY | O_DIRECTORY), 0);
    want("directory to write", opens("sub", O_WRONLY), EISDIR);
    want("directory to read and write", opens("sub", O_RDWR), EISDIR);
    want("exclusive over a directory", opens("sub", O_RDWR | O_CREAT | O_EXCL), EEXIST);
    want("file as directory", opens("file", O_RDONLY | O_DIRECTORY), ENOTDIR);
    want("below a missing directory", opens("none/file", O_WRONLY | O_CREAT), ENOENT);
    want("below a file", opens("file/below", O_WRONLY | O_CREAT), ENOTDIR);
    want("below a file, to read", opens("file/below", O_RDONLY), ENOTDIR);
    check("nothing appeared", !exists(in(dir, "none")));
    return finish();
}
