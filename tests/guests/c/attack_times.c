// wasm-only
// Times at the ends of their range: each is kept, clamped or refused; the file can be looked at afterwards, by every
// call, and its neighbour's time is what it was.
//
// class: extreme times
// preopen: /data
// expect: exit=0
// compare: builtin
#include "guest.h"
#include "preview1.h"

int main(int argc, char **argv) {
    (void)argc;
    static const uint64_t extremes[] = {
        0, 1, 999999999, 1000000000, 0x7fffffff * 1000000000ull, 0x80000000 * 1000000000ull, 0x7fffffffffffffff,
        0x8000000000000000, 0xfffffffffffffffe, 0xffffffffffffffff, 4102444800000000000, 253402300800000000,
    };
    int bad_error = 0, unreadable = 0, unlisted = 0;
    struct filestat status;
    put(in(argv[1], "file"), "");
    put(in(argv[1], "neighbour"), "");
    wasi_path_filestat_set_times(3, 0, PATH("neighbour"), 5, 7, TIME_ATIM | TIME_MTIM);
    int fd = open(in(argv[1], "file"), O_RDWR);
    for (unsigned i = 0; i < sizeof extremes / sizeof *extremes; i++) {
        for (unsigned j = 0; j < sizeof extremes / sizeof *extremes; j++) {
            uint32_t by_path = wasi_path_filestat_set_times(
                3, LOOKUP_FOLLOW, PATH("file"), extremes[i], extremes[j], TIME_ATIM | TIME_MTIM);
            uint32_t by_fd = wasi_fd_filestat_set_times(fd, extremes[i], extremes[j], TIME_ATIM | TIME_MTIM);
            bad_error += (by_path != 0 && by_path != EINVAL && by_path != EOVERFLOW)
                || (by_fd != 0 && by_fd != EINVAL && by_fd != EOVERFLOW);
            unreadable += wasi_path_filestat_get(3, 0, PATH("file"), ADDRESS(&status)) != 0
                || wasi_fd_filestat_get(fd, ADDRESS(&status)) != 0;
            DIR *listing = opendir(argv[1]);
            unlisted += listing == NULL || readdir(listing) == NULL;
            closedir(listing);
        }
    }
    equal("odd errors", bad_error, 0);
    equal("not readable", unreadable, 0);
    equal("not listed", unlisted, 0);
    wasi_path_filestat_get(3, 0, PATH("neighbour"), ADDRESS(&status));
    equal("the neighbour's", status.atime * 10 + status.mtime, 57);
    want("a plain time still works", wasi_fd_filestat_set_times(fd, 1, 1000000001, TIME_ATIM | TIME_MTIM), 0);
    wasi_fd_filestat_get(fd, ADDRESS(&status));
    equal("and is kept", status.mtime, 1000000001);
    return finish();
}
