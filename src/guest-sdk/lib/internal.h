/* What the files of libmarcotte share: the imports, the call to the host, and errno. */
#ifndef MARCOTTE_INTERNAL_H
#define MARCOTTE_INTERNAL_H

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <marcotte/call.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <wasi/api.h>

#define WASIX_IMPORT(name) __attribute__((__import_module__("wasix_32v1"), __import_name__(#name)))

/* Numbers of the call that are not those of wasi-libc's headers. */
#define HOST_AT_FDCWD (-100)
#define HOST_AT_NOFOLLOW 0x100u
#define HOST_AT_REMOVEDIR 0x200u
#define HOST_AT_EACCESS 0x200u
#define HOST_AT_FOLLOW 0x400u
#define HOST_AT_EMPTY_PATH 0x1000u
#define HOST_O_NONBLOCK 04000u
#define HOST_O_CLOEXEC 02000000u

/* A request being written. One that is too small for what is put into it fails with ENAMETOOLONG. */
struct request {
    uint8_t *at, *end, *start;
    int error;
};

#define REQUEST(name, op, room) \
    uint8_t name##_bytes[(room)]; \
    struct request name; \
    marcotte_begin(&name, name##_bytes, sizeof name##_bytes, (op))

/* Room for one path and some numbers. */
#define PATH_ROOM (PATH_MAX + 64)

static inline void marcotte_put(struct request *r, const void *bytes, size_t length)
{
    if ((size_t)(r->end - r->at) < length) {
        r->error = ENAMETOOLONG;
        return;
    }
    memcpy(r->at, bytes, length);
    r->at += length;
}

static inline void put16(struct request *r, uint16_t value) { marcotte_put(r, &value, sizeof value); }
static inline void put32(struct request *r, uint32_t value) { marcotte_put(r, &value, sizeof value); }
static inline void put64(struct request *r, uint64_t value) { marcotte_put(r, &value, sizeof value); }

static inline void marcotte_begin(struct request *r, uint8_t *bytes, size_t room, uint32_t op)
{
    r->start = r->at = bytes;
    r->end = bytes + room;
    r->error = 0;
    put32(r, op);
}

static inline void put_text(struct request *r, const char *text)
{
    size_t length = strlen(text);
    put32(r, (uint32_t)length);
    marcotte_put(r, text, length);
}

static inline uint32_t get32(const uint8_t *bytes) { uint32_t value; memcpy(&value, bytes, sizeof value); return value; }
static inline uint64_t get64(const uint8_t *bytes) { uint64_t value; memcpy(&value, bytes, sizeof value); return value; }

/* Whether the host answers the call. Asked once. */
bool marcotte_host(void);
/* Sends the request. The result is an errno; ENOSYS without such a host. *used may be null. */
int marcotte_send(struct request *r, void *reply, size_t room, size_t *used);
/* The same, for functions that answer 0 or -1 with errno. */
int marcotte_do(struct request *r, void *reply, size_t room);
/* The same, for a reply of one i32 that is the function's value. */
int marcotte_ask(struct request *r);

static inline int fail(int error)
{
    errno = error;
    return -1;
}

static inline int done(int error)
{
    return error == 0 ? 0 : fail(error);
}

int32_t marcotte_host_fd(int dirfd);
uint32_t marcotte_host_oflags(int flags);
int marcotte_guest_oflags(uint32_t flags);
/* The flags of pipe2, eventfd and others: O_CLOEXEC and O_NONBLOCK. False for any other. */
bool marcotte_host_fdflags(int flags, int others, uint32_t *result);

/*
 * Without a host that answers: paths as preview 1 wants them, a preopened directory and the rest. `buffer` has
 * PATH_MAX bytes. The result is an errno.
 */
int marcotte_resolve(int dirfd, const char *path, char *buffer, int *fd, const char **rest);

/* How a path function goes on without such a host: RESOLVE(d, path) makes d_fd and d_rest, or fails. */
#define RESOLVE(name, dirfd, path) \
    char name##_buffer[PATH_MAX]; \
    int name##_fd; \
    const char *name##_rest; \
    do { \
        int resolve_error = marcotte_resolve((dirfd), (path), name##_buffer, &name##_fd, &name##_rest); \
        if (resolve_error != 0) return fail(resolve_error); \
    } while (0)

struct stat;
int marcotte_stat(int dirfd, const char *path, uint32_t host_flags, struct stat *result);

uint64_t marcotte_set(const sigset_t *set);
void marcotte_siginfo(const uint8_t *reply, siginfo_t *info);
int marcotte_mask(int how, uint64_t set, uint64_t *old);

/* Puts a list of strings; its length in bytes is list_bytes. */
size_t marcotte_list_bytes(char *const *list);
void marcotte_put_list(struct request *r, char *const *list);

struct rusage;
void marcotte_usage(const uint8_t *reply, struct rusage *usage);

struct marcotte_spawn_action {
    uint32_t kind;
    int fd, other;
    uint32_t oflag, mode;
    char *path;
};

/* WASIX. */
int32_t marcotte_proc_fork(int32_t copy_memory, int32_t *pid) WASIX_IMPORT(proc_fork);
int32_t marcotte_proc_id(int32_t *pid) WASIX_IMPORT(proc_id);
int32_t marcotte_proc_parent(int32_t pid, int32_t *parent) WASIX_IMPORT(proc_parent);
int32_t marcotte_proc_signal(int32_t pid, int32_t signal) WASIX_IMPORT(proc_signal);
int32_t marcotte_thread_signal(int32_t tid, int32_t signal) WASIX_IMPORT(thread_signal);
int32_t marcotte_thread_id(int32_t *tid) WASIX_IMPORT(thread_id);
int32_t marcotte_proc_raise_interval(int32_t signal, int64_t interval, int32_t repeat) WASIX_IMPORT(proc_raise_interval);
int32_t marcotte_proc_join(void *pid, int32_t flags, void *status) WASIX_IMPORT(proc_join);
int32_t marcotte_proc_exec3(const char *name, size_t name_length, const char *args, size_t args_length, const char *envs,
    size_t envs_length, int32_t search, const char *path, size_t path_length) WASIX_IMPORT(proc_exec3);
int32_t marcotte_proc_spawn2(const char *name, size_t name_length, const char *args, size_t args_length, const char *envs,
    size_t envs_length, const void *ops, size_t ops_length, const void *signals, size_t signals_length, int32_t search,
    const char *path, size_t path_length, int32_t *pid) WASIX_IMPORT(proc_spawn2);
int32_t marcotte_fd_pipe(int32_t *read, int32_t *write) WASIX_IMPORT(fd_pipe);
int32_t marcotte_fd_dup(int32_t fd, int32_t *result) WASIX_IMPORT(fd_dup);
int32_t marcotte_fd_dup2(int32_t fd, int32_t least, int32_t cloexec, int32_t *result) WASIX_IMPORT(fd_dup2);
int32_t marcotte_fd_fdflags_get(int32_t fd, uint16_t *flags) WASIX_IMPORT(fd_fdflags_get);
int32_t marcotte_fd_fdflags_set(int32_t fd, int32_t flags) WASIX_IMPORT(fd_fdflags_set);
int32_t marcotte_fd_event(int64_t initial, int32_t flags, int32_t *fd) WASIX_IMPORT(fd_event);
int32_t marcotte_path_open2(int32_t fd, int32_t dirflags, const char *path, size_t length, int32_t oflags, int64_t rights,
    int64_t inheriting, int32_t fdflags, int32_t fdflagsext, int32_t *result) WASIX_IMPORT(path_open2);
int32_t marcotte_getcwd(char *path, size_t *length) WASIX_IMPORT(getcwd);
int32_t marcotte_chdir(const char *path, size_t length) WASIX_IMPORT(chdir);
int32_t marcotte_tty_get(void *state) WASIX_IMPORT(tty_get);
int32_t marcotte_tty_set(const void *state) WASIX_IMPORT(tty_set);
int32_t marcotte_epoll_create(int32_t *fd) WASIX_IMPORT(epoll_create);
int32_t marcotte_epoll_ctl(int32_t epfd, int32_t op, int32_t fd, void *event) WASIX_IMPORT(epoll_ctl);
int32_t marcotte_epoll_wait(int32_t epfd, void *events, int32_t max, int64_t timeout, size_t *count) WASIX_IMPORT(epoll_wait);
int32_t marcotte_stack_checkpoint(void *snapshot, uint64_t *value) WASIX_IMPORT(stack_checkpoint);
void marcotte_stack_restore(const void *snapshot, uint64_t value) WASIX_IMPORT(stack_restore);
void marcotte_callback_signal(const char *name, size_t length) WASIX_IMPORT(callback_signal);
int32_t marcotte_thread_parallelism(size_t *count) WASIX_IMPORT(thread_parallelism);

#endif
