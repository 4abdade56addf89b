// A file without a name lives as long as it is open, has no link, and is not the new file of its old name.
//
// preopen: /data
// expect: exit=0
// compare: builtin native
#include "guest.h"

int main(int argc, char **argv) {
    (void)argc;
    char *path = in(argv[1], "file"), buffer[16] = "";
    struct stat status;
    int fd = open(path, O_RDWR | O_CREAT, 0666);
    equal("write", write(fd, "ghost", 5), 5);
    want("unlink", outcome(unlink(path)), 0);
    want("stat by name", outcome(stat(path, &status)), ENOENT);
    want("fstat", outcome(fstat(fd, &status)), 0);
    equal("links", status.st_nlink, 0);
    equal("size", status.st_size, 5);
    put(path, "new");
    equal("read the old one", pread(fd, buffer, sizeof buffer, 0), 5);
    text("its content", buffer, "ghost");
    equal("write the old one", pwrite(fd, "GHOST", 5, 0), 5);
    text("the new one's content", get(path), "new");
    want("truncate the old one", outcome(ftruncate(fd, 1)), 0);
    equal("the new one's size", size_of(path), 3);
    want("close", outcome(close(fd)), 0);

    // The same when another file is renamed over it.
    fd = open(path, O_RDONLY);
    put(in(argv[1], "other"), "other");
    want("rename over it", outcome(rename(in(argv[1], "other"), path)), 0);
    memset(buffer, 0, sizeof buffer);
    equal("read what was there", read(fd, buffer, sizeof buffer), 3);
    text("its content", buffer, "new");
    text("what is there now", get(path), "other");
    return finish();
}
