// wasm-only
// Every pointer of every call, beyond the end of memory and across it: EFAULT each time, and no descriptor is lost.
// The built-in traps instead, so it is left out.
//
// class: pointer arithmetic
// preopen: /data
// limit: descriptors=64
// expect: exit=0
// compare:
#include "guest.h"
#include "preview1.h"

static address bad;

// The call is made with each bad address; all answers must be EFAULT.
#define FAULTS(what, call)                                                                                   \
    do {                                                                                                     \
        const address places[] = {MEMORY_END, MEMORY_END - 1, MEMORY_END + 8, 0x80000000u, 0xfffffff8u, 0xffffffffu}; \
        uint32_t got = EFAULT;                                                                               \
        for (int place = 0; place < 6 && got == EFAULT; place++) {                                           \
            bad = places[place];                                                                             \
            got = (call);                                                                                    \
        }                                                                                                    \
        want(what, got, EFAULT);                                                                             \
    } while (0)

int main(int argc, char **argv) {
    (void)argc;
    char buffer[64];
    struct iov part = {ADDRESS(buffer), 4};
    struct filestat status;
    struct subscription one;
    struct event event;
    uint32_t size, fd;
    put(in(argv[1], "file"), "content");
    symlink("file", in(argv[1], "soft"));
    uint32_t file = open(in(argv[1], "file"), O_RDWR);
    memset(&one, 0, sizeof one);

    FAULTS("args_get argv", wasi_args_get(bad, ADDRESS(buffer)));
    FAULTS("args_get buffer", wasi_args_get(ADDRESS(buffer), bad));
    FAULTS("args_sizes_get count", wasi_args_sizes_get(bad, ADDRESS(&size)));
    FAULTS("args_sizes_get size", wasi_args_sizes_get(ADDRESS(&size), bad));
    FAULTS("environ_sizes_get count", wasi_environ_sizes_get(bad, ADDRESS(&size)));
    FAULTS("environ_sizes_get size", wasi_environ_sizes_get(ADDRESS(&size), bad));
    FAULTS("clock_res_get", wasi_clock_res_get(CLOCK_IS_MONOTONIC, bad));
    FAULTS("clock_time_get", wasi_clock_time_get(CLOCK_IS_MONOTONIC, 0, bad));
    FAULTS("fd_fdstat_get", wasi_fd_fdstat_get(file, bad));
    FAULTS("fd_filestat_get", wasi_fd_filestat_get(file, bad));
    FAULTS("fd_prestat_get", wasi_fd_prestat_get(3, bad));
    FAULTS("fd_prestat_dir_name", wasi_fd_prestat_dir_name(3, bad, 5));
    FAULTS("fd_read list", wasi_fd_read(file, bad, 1, ADDRESS(&size)));
    FAULTS("fd_read buffer", (part.buffer = bad, wasi_fd_read(file, ADDRESS(&part), 1, ADDRESS(&size))));
    FAULTS("fd_pread buffer", wasi_fd_pread(file, (part.buffer = bad, ADDRESS(&part)), 1, 0, ADDRESS(&size)));
    FAULTS("fd_write buffer", wasi_fd_write(file, (part.buffer = bad, ADDRESS(&part)), 1, ADDRESS(&size)));
    FAULTS("fd_pwrite buffer", wasi_fd_pwrite(file, (part.buffer = bad, ADDRESS(&part)), 1, 0, ADDRESS(&size)));
    part.buffer = ADDRESS(buffer);
    FAULTS("fd_read size", wasi_fd_read(file, ADDRESS(&part), 1, bad));
    FAULTS("fd_pread size", wasi_fd_pread(file, ADDRESS(&part), 1, 0, bad));
    FAULTS("fd_pread list", wasi_fd_pread(file, bad, 1, 0, ADDRESS(&size)));
    FAULTS("fd_write list", wasi_fd_write(file, bad, 1, ADDRESS(&size)));
    FAULTS("fd_pwrite list", wasi_fd_pwrite(file, bad, 1, 0, ADDRESS(&size)));
    FAULTS("fd_readdir buffer", wasi_fd_readdir(3, bad, 64, 0, ADDRESS(&size)));
    FAULTS("fd_readdir used", wasi_fd_readdir(3, ADDRESS(buffer), 64, 0, bad));
    FAULTS("fd_seek", wasi_fd_seek(file, 0, 1, bad));
    FAULTS("fd_tell", wasi_fd_tell(file, bad));
    FAULTS("path_create_directory", wasi_path_create_directory(3, bad, 4));
    FAULTS("path_filestat_get path", wasi_path_filestat_get(3, 0, bad, 4, ADDRESS(&status)));
    FAULTS("path_filestat_get record", wasi_path_filestat_get(3, 0, PATH("file"), bad));
    FAULTS("path_filestat_set_times", wasi_path_filestat_set_times(3, 0, bad, 4, 1, 1, TIME_ATIM));
    FAULTS("path_link old", wasi_path_link(3, 0, bad, 4, 3, PATH("new")));
    FAULTS("path_link new", wasi_path_link(3, 0, PATH("file"), 3, bad, 4));
    FAULTS("path_open path", wasi_path_open(3, 0, bad, 4, 0, RIGHT_FD_READ, 0, 0, ADDRESS(&fd)));
    for (int i = 0; i < 100; i++) {
        bad = MEMORY_END - i % 4;
        if (wasi_path_open(3, 0, PATH("file"), 0, RIGHT_FD_READ, 0, 0, bad) != EFAULT) {
            fail("path_open result", "EFAULT");
        }
    }
    FAULTS("path_readlink path", wasi_path_readlink(3, bad, 4, ADDRESS(buffer), 4, ADDRESS(&size)));
    FAULTS("path_readlink buffer", wasi_path_readlink(3, PATH("soft"), bad, 4, ADDRESS(&size)));
    FAULTS("path_readlink used", wasi_path_readlink(3, PATH("soft"), ADDRESS(buffer), 4, bad));
    FAULTS("path_remove_directory", wasi_path_remove_directory(3, bad, 4));
    FAULTS("path_rename old", wasi_path_rename(3, bad, 4, 3, PATH("new")));
    FAULTS("path_rename new", wasi_path_rename(3, PATH("file"), 3, bad, 4));
    FAULTS("path_symlink target", wasi_path_symlink(bad, 4, 3, PATH("new")));
    FAULTS("path_symlink path", wasi_path_symlink(PATH("file"), 3, bad, 4));
    FAULTS("path_unlink_file", wasi_path_unlink_file(3, bad, 4));
    FAULTS("poll_oneoff in", wasi_poll_oneoff(bad, ADDRESS(&event), 1, ADDRESS(&size)));
    FAULTS("poll_oneoff out", wasi_poll_oneoff(ADDRESS(&one), bad, 1, ADDRESS(&size)));
    FAULTS("poll_oneoff count", wasi_poll_oneoff(ADDRESS(&one), ADDRESS(&event), 1, bad));
    FAULTS("random_get", wasi_random_get(bad, 16));

    check("descriptors are left", open(in(argv[1], "file"), O_RDONLY) >= 0);
    text("the file is whole", get(in(argv[1], "file")), "content");
    check("nothing was made", !exists(in(argv[1], "new")));
    return finish();
}
