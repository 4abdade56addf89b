// wasm-only
// The record of a file at its fixed places: kind, links, size, times to the nanosecond; nothing behind it is touched.
//
// preopen: /data
// expect: exit=0
// compare: builtin
#include "guest.h"
#include "preview1.h"

static unsigned char record[64 + 16];

static uint64_t field(int offset) {
    uint64_t value;
    memcpy(&value, record + offset, sizeof value);
    return value;
}

int main(int argc, char **argv) {
    (void)argc;
    put(in(argv[1], "file"), "content");
    link(in(argv[1], "file"), in(argv[1], "twin"));
    symlink("file", in(argv[1], "soft"));
    struct timespec times[2] = {{1000000001, 123456789}, {1500000002, 987654321}};
    utimensat(AT_FDCWD, in(argv[1], "file"), times, 0);

    memset(record, 0xee, sizeof record);
    want("by path", wasi_path_filestat_get(3, 0, PATH("file"), ADDRESS(record)), 0);
    equal("kind", record[16], FILETYPE_REGULAR);
    equal("links", field(24), 2);
    equal("size", field(32), 7);
    equal("access", field(40), 1000000001123456789);
    equal("modification", field(48), 1500000002987654321);
    check("change is later", field(56) > field(48));
    equal("nothing behind the record", record[64], 0xee);

    uint64_t ino = field(8);
    int fd = open(in(argv[1], "twin"), O_RDONLY);
    want("by descriptor", wasi_fd_filestat_get(fd, ADDRESS(record)), 0);
    check("the same number", field(8) == ino);
    want("a link itself", wasi_path_filestat_get(3, 0, PATH("soft"), ADDRESS(record)), 0);
    equal("kind", record[16], FILETYPE_LINK);
    equal("size", field(32), 4);
    want("through it", wasi_path_filestat_get(3, LOOKUP_FOLLOW, PATH("soft"), ADDRESS(record)), 0);
    check("the same number", field(8) == ino);
    want("a directory", wasi_fd_filestat_get(3, ADDRESS(record)), 0);
    equal("kind", record[16], FILETYPE_DIRECTORY);

    memset(record, 0xee, sizeof record);
    want("nothing", wasi_path_filestat_get(3, 0, PATH("none"), ADDRESS(record)), ENOENT);
    want("the two access flags together", wasi_path_filestat_set_times(
        3, 0, PATH("file"), 5, 5, TIME_ATIM | TIME_ATIM_NOW), EINVAL);
    want("the two modification flags together", wasi_fd_filestat_set_times(
        fd, 5, 5, TIME_MTIM | TIME_MTIM_NOW), EINVAL);
    wasi_path_filestat_get(3, 0, PATH("file"), ADDRESS(record));
    equal("access kept", field(40), 1000000001123456789);
    equal("modification kept", field(48), 1500000002987654321);
    return finish();
}
