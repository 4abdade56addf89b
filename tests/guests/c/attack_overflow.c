// wasm-only
// Counts whose product with a record's size wraps around 32 bits, lengths that wrap around the address: never a success,
// never a byte of anything else (CVE-2025-69261, CVE-2022-28990).
// The built-in traps on most of these, so it is left out.
//
// class: pointer arithmetic
// preopen: /data
// expect: exit=0
// compare:
#include "guest.h"
#include "preview1.h"

static void no(const char *what, uint32_t error) {
    either(what, error, EFAULT, EINVAL);
}

int main(int argc, char **argv) {
    (void)argc;
    static struct subscription list[2];
    static struct event events[2];
    char buffer[64];
    struct iov parts[2] = {{ADDRESS(buffer), 8}, {ADDRESS(buffer), 8}};
    struct filestat status;
    uint32_t size = 99, fd;
    int file = open(in(argv[1], "file"), O_RDWR | O_CREAT, 0666);

    // 8 bytes a part: these counts are 8, 0 and -8 after wrapping.
    static const uint32_t counts[] = {0x20000001, 0x20000000, 0x1fffffff, 0x40000001, 0x80000000, 0xffffffff};
    for (int i = 0; i < 6; i++) {
        say("%u parts", counts[i]);
        no("read", wasi_fd_read(file, ADDRESS(parts), counts[i], ADDRESS(&size)));
        no("write", wasi_fd_write(file, ADDRESS(parts), counts[i], ADDRESS(&size)));
        no("pread", wasi_fd_pread(file, ADDRESS(parts), counts[i], 0, ADDRESS(&size)));
        no("pwrite", wasi_fd_pwrite(file, ADDRESS(parts), counts[i], 0, ADDRESS(&size)));
    }
    // 48 bytes a subscription and 32 an event.
    static const uint32_t many[] = {89478486, 0x08000001, 0x10000000, 0x80000001, 0xffffffff};
    for (int i = 0; i < 5; i++) {
        say("%u subscriptions", many[i]);
        no("poll", wasi_poll_oneoff(ADDRESS(list), ADDRESS(events), many[i], ADDRESS(&size)));
    }

    say("lengths");
    parts[0] = (struct iov){ADDRESS(buffer), 0xffffffff};
    no("write, one part of 4 GB", wasi_fd_write(file, ADDRESS(parts), 1, ADDRESS(&size)));
    parts[0] = (struct iov){0xfffffff0, 0x20};
    no("write, a part that wraps", wasi_fd_write(file, ADDRESS(parts), 1, ADDRESS(&size)));
    no("read, a part that wraps", wasi_fd_read(file, ADDRESS(parts), 1, ADDRESS(&size)));
    parts[0] = (struct iov){ADDRESS(buffer), 8};
    parts[1] = (struct iov){ADDRESS(buffer) + 1, 0xffffffff};
    lseek(file, 0, SEEK_SET);
    uint32_t error = wasi_fd_write(file, ADDRESS(parts), 2, ADDRESS(&size));
    check("write, a good part and a bad one: the good one or none",
          error == EFAULT || error == EINVAL || (error == 0 && size == 8));
    no("random", wasi_random_get(ADDRESS(buffer), 0xffffffff));
    no("random, wrapping to its start", wasi_random_get(ADDRESS(buffer), -ADDRESS(buffer)));
    no("list", wasi_fd_readdir(3, ADDRESS(buffer), 0xffffffff, 0, ADDRESS(&size)));
    symlink("file", in(argv[1], "soft"));
    no("readlink", wasi_path_readlink(3, PATH("soft"), ADDRESS(buffer), 0xffffffff, ADDRESS(&size)));
    error = wasi_path_filestat_get(3, 0, ADDRESS("file"), 0xffffffff, ADDRESS(&status));
    check("path of 4 GB", error == EFAULT || error == EINVAL || error == ENAMETOOLONG);
    error = wasi_path_open(3, 0, 0xfffffffc, 8, OFLAG_CREAT, RIGHT_FD_WRITE, 0, 0, ADDRESS(&fd));
    check("path that wraps", error == EFAULT);
    check("the file holds no more than the good part", size_of(in(argv[1], "file")) <= 8);
    return finish();
}
