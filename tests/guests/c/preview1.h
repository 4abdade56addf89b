// WASI preview 1 as the module imports it: raw 32-bit addresses and lengths, so that a guest can pass what no C library
// would. <wasi/api.h> declares the same functions with C strings and pointers, which hides the cases tried here.
// The record types below are those of the specification; their layout is asserted.
#ifndef PREVIEW1_H
#define PREVIEW1_H

#include <stdint.h>

#define WASI(name) __attribute__((__import_module__("wasi_snapshot_preview1"), __import_name__(#name)))

typedef uint32_t address; // a position in linear memory, good or bad

WASI(clock_res_get) uint32_t wasi_clock_res_get(uint32_t id, address resolution);
WASI(clock_time_get) uint32_t wasi_clock_time_get(uint32_t id, uint64_t precision, address time);
WASI(args_get) uint32_t wasi_args_get(address argv, address buffer);
WASI(args_sizes_get) uint32_t wasi_args_sizes_get(address count, address size);
WASI(environ_get) uint32_t wasi_environ_get(address environ, address buffer);
WASI(environ_sizes_get) uint32_t wasi_environ_sizes_get(address count, address size);
WASI(fd_advise) uint32_t wasi_fd_advise(uint32_t fd, uint64_t offset, uint64_t length, uint32_t advice);
WASI(fd_allocate) uint32_t wasi_fd_allocate(uint32_t fd, uint64_t offset, uint64_t length);
WASI(fd_close) uint32_t wasi_fd_close(uint32_t fd);
WASI(fd_datasync) uint32_t wasi_fd_datasync(uint32_t fd);
WASI(fd_fdstat_get) uint32_t wasi_fd_fdstat_get(uint32_t fd, address fdstat);
WASI(fd_fdstat_set_flags) uint32_t wasi_fd_fdstat_set_flags(uint32_t fd, uint32_t flags);
WASI(fd_fdstat_set_rights) uint32_t wasi_fd_fdstat_set_rights(uint32_t fd, uint64_t base, uint64_t inheriting);
WASI(fd_filestat_get) uint32_t wasi_fd_filestat_get(uint32_t fd, address filestat);
WASI(fd_filestat_set_size) uint32_t wasi_fd_filestat_set_size(uint32_t fd, uint64_t size);
WASI(fd_filestat_set_times) uint32_t wasi_fd_filestat_set_times(uint32_t fd, uint64_t atime, uint64_t mtime, uint32_t flags);
WASI(fd_pread) uint32_t wasi_fd_pread(uint32_t fd, address iovs, uint32_t count, uint64_t offset, address size);
WASI(fd_prestat_get) uint32_t wasi_fd_prestat_get(uint32_t fd, address prestat);
WASI(fd_prestat_dir_name) uint32_t wasi_fd_prestat_dir_name(uint32_t fd, address path, uint32_t length);
WASI(fd_pwrite) uint32_t wasi_fd_pwrite(uint32_t fd, address iovs, uint32_t count, uint64_t offset, address size);
WASI(fd_read) uint32_t wasi_fd_read(uint32_t fd, address iovs, uint32_t count, address size);
WASI(fd_readdir) uint32_t wasi_fd_readdir(uint32_t fd, address buffer, uint32_t length, uint64_t cookie, address used);
WASI(fd_renumber) uint32_t wasi_fd_renumber(uint32_t fd, uint32_t to);
WASI(fd_seek) uint32_t wasi_fd_seek(uint32_t fd, int64_t offset, uint32_t whence, address position);
WASI(fd_sync) uint32_t wasi_fd_sync(uint32_t fd);
WASI(fd_tell) uint32_t wasi_fd_tell(uint32_t fd, address position);
WASI(fd_write) uint32_t wasi_fd_write(uint32_t fd, address iovs, uint32_t count, address size);
WASI(path_create_directory) uint32_t wasi_path_create_directory(uint32_t fd, address path, uint32_t length);
WASI(path_filestat_get) uint32_t wasi_path_filestat_get(uint32_t fd, uint32_t flags, address path, uint32_t length, address filestat);
WASI(path_filestat_set_times) uint32_t wasi_path_filestat_set_times(
    uint32_t fd, uint32_t lookup, address path, uint32_t length, uint64_t atime, uint64_t mtime, uint32_t flags);
WASI(path_link) uint32_t wasi_path_link(
    uint32_t old_fd, uint32_t lookup, address old_path, uint32_t old_length, uint32_t fd, address path, uint32_t length);
WASI(path_open) uint32_t wasi_path_open(
    uint32_t fd, uint32_t lookup, address path, uint32_t length, uint32_t oflags, uint64_t base, uint64_t inheriting,
    uint32_t fdflags, address opened);
WASI(path_readlink) uint32_t wasi_path_readlink(
    uint32_t fd, address path, uint32_t length, address buffer, uint32_t capacity, address used);
WASI(path_remove_directory) uint32_t wasi_path_remove_directory(uint32_t fd, address path, uint32_t length);
WASI(path_rename) uint32_t wasi_path_rename(
    uint32_t old_fd, address old_path, uint32_t old_length, uint32_t fd, address path, uint32_t length);
WASI(path_symlink) uint32_t wasi_path_symlink(
    address target, uint32_t target_length, uint32_t fd, address path, uint32_t length);
WASI(path_unlink_file) uint32_t wasi_path_unlink_file(uint32_t fd, address path, uint32_t length);
WASI(poll_oneoff) uint32_t wasi_poll_oneoff(address subscriptions, address events, uint32_t count, address happened);
WASI(proc_exit) _Noreturn void wasi_proc_exit(uint32_t status);
WASI(proc_raise) uint32_t wasi_proc_raise(uint32_t signal);
WASI(random_get) uint32_t wasi_random_get(address buffer, uint32_t length);
WASI(sched_yield) uint32_t wasi_sched_yield(void);
WASI(sock_accept) uint32_t wasi_sock_accept(uint32_t fd, uint32_t flags, address accepted);
WASI(sock_recv) uint32_t wasi_sock_recv(
    uint32_t fd, address iovs, uint32_t count, uint32_t flags, address size, address out_flags);
WASI(sock_send) uint32_t wasi_sock_send(uint32_t fd, address iovs, uint32_t count, uint32_t flags, address size);
WASI(sock_shutdown) uint32_t wasi_sock_shutdown(uint32_t fd, uint32_t how);

struct iov {
    address buffer;
    uint32_t length;
};

struct fdstat {
    uint8_t filetype;
    uint16_t flags;
    uint64_t base;
    uint64_t inheriting;
};

struct filestat {
    uint64_t dev, ino;
    uint8_t filetype;
    uint64_t nlink, size, atime, mtime, ctime;
};

struct prestat {
    uint8_t tag;
    uint32_t name_length;
};

// A directory entry's fixed part; the name follows.
struct entry {
    uint64_t next, ino;
    uint32_t name_length;
    uint8_t type;
};

struct subscription {
    uint64_t userdata;
    uint8_t tag;
    union {
        struct {
            uint32_t id;
            uint64_t timeout, precision;
            uint16_t flags;
        } clock;
        uint32_t fd;
    };
};

struct event {
    uint64_t userdata;
    uint16_t error;
    uint8_t type;
    uint64_t nbytes;
    uint16_t flags;
};

_Static_assert(sizeof(struct iov) == 8, "iovec");
_Static_assert(sizeof(struct fdstat) == 24, "fdstat");
_Static_assert(sizeof(struct filestat) == 64, "filestat");
_Static_assert(sizeof(struct prestat) == 8, "prestat");
_Static_assert(sizeof(struct entry) == 24, "dirent");
_Static_assert(sizeof(struct subscription) == 48, "subscription");
_Static_assert(sizeof(struct event) == 32, "event");

enum { EVENT_CLOCK, EVENT_FD_READ, EVENT_FD_WRITE };
enum { CLOCK_IS_REALTIME, CLOCK_IS_MONOTONIC, CLOCK_IS_PROCESS_CPU, CLOCK_IS_THREAD_CPU };
enum { OFLAG_CREAT = 1, OFLAG_DIRECTORY = 2, OFLAG_EXCL = 4, OFLAG_TRUNC = 8 };
enum { FDFLAG_APPEND = 1, FDFLAG_DSYNC = 2, FDFLAG_NONBLOCK = 4, FDFLAG_RSYNC = 8, FDFLAG_SYNC = 16 };
enum { LOOKUP_FOLLOW = 1 };
enum { FILETYPE_UNKNOWN, FILETYPE_BLOCK, FILETYPE_CHARACTER, FILETYPE_DIRECTORY, FILETYPE_REGULAR,
       FILETYPE_DGRAM, FILETYPE_STREAM, FILETYPE_LINK };
enum { TIME_ATIM = 1, TIME_ATIM_NOW = 2, TIME_MTIM = 4, TIME_MTIM_NOW = 8 };

#define RIGHT_FD_READ (1ull << 1)
#define RIGHT_FD_SEEK (1ull << 2)
#define RIGHT_FD_FDSTAT_SET_FLAGS (1ull << 3)
#define RIGHT_FD_TELL (1ull << 5)
#define RIGHT_FD_WRITE (1ull << 6)
#define RIGHT_PATH_CREATE_FILE (1ull << 10)
#define RIGHT_PATH_OPEN (1ull << 13)
#define RIGHT_FD_READDIR (1ull << 14)
#define RIGHT_FD_FILESTAT_GET (1ull << 21)
#define RIGHT_FD_FILESTAT_SET_SIZE (1ull << 22)
#define RIGHTS_ALL 0x1fffffffull

#define ADDRESS(pointer) ((address)(uintptr_t)(pointer))
#define PATH(literal) ADDRESS(literal), (uint32_t)strlen(literal)

// The end of linear memory: the first address that is not there.
#define MEMORY_END ((address)(__builtin_wasm_memory_size(0) * 65536u))

// Opens a path below a directory that is open already; returns the descriptor and leaves the error in *error.
static __attribute__((__unused__)) uint32_t wasi_open(
    uint32_t directory, const char *path, uint32_t oflags, uint64_t rights, uint32_t *error) {
    uint32_t fd = UINT32_MAX;
    *error = wasi_path_open(directory, LOOKUP_FOLLOW, PATH(path), oflags, rights, RIGHTS_ALL, 0, ADDRESS(&fd));
    return fd;
}

#endif
