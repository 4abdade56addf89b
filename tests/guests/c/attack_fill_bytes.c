// A file system with a quota fills up: ENOSPC, what was written stays whole, holes cost nothing, removing gives room.
// Without a quota this would fill the host's disk, so it stops at 64 MB and is compared with nothing.
//
// class: limits
// class: write buffering
// preopen: /data
// limit: bytes=4194304
// expect: exit=0
// compare:
#include "guest.h"

int main(int argc, char **argv) {
    (void)argc;
    static char block[65536];
    char *path = in(argv[1], "big");
    long long written = 0;
    ssize_t count;
    memset(block, 'x', sizeof block);
    int fd = open(path, O_RDWR | O_CREAT, 0666);
    while (written < 64 << 20 && (count = write(fd, block, sizeof block)) > 0) {
        written += count;
    }
    want("in the end", errno, ENOSPC);
    check("most of 4 MB, and no more", written > 3 << 20 && written <= 4 << 20);
    check("the size is what was written", size_of(path) == written);
    char last = 0;
    equal("the last byte", pread(fd, &last, 1, written - 1), 1);
    equal("is one of ours", last, 'x');

    // Other ways to more room than there is.
    int other = open(in(argv[1], "other"), O_RDWR | O_CREAT, 0666);
    if (other >= 0) {
        equal("a second file gets none", write(other, block, sizeof block) == (ssize_t)sizeof block, 0);
        want("a hole is free", outcome(ftruncate(other, 1ll << 40)), 0);
        want("reserving is not", posix_fallocate(other, 0, 1 << 24), ENOSPC);
        close(other);
        unlink(in(argv[1], "other"));
    } else {
        want("a second file gets none", errno, ENOSPC);
    }
    equal("overwriting needs none", pwrite(fd, "y", 1, 0), 1);
    want("cut", outcome(ftruncate(fd, 0)), 0);
    check("room again", pwrite(fd, block, sizeof block, 0) == (ssize_t)sizeof block);

    // Removed but open still takes its room; closed it does not.
    want("unlink", outcome(unlink(path)), 0);
    close(fd);
    fd = open(path, O_RDWR | O_CREAT, 0666);
    written = 0;
    while (written < 64 << 20 && (count = write(fd, block, sizeof block)) > 0) {
        written += count;
    }
    check("all of the room is back", written > 3 << 20 && written <= 4 << 20);
    return finish();
}
