/* The imports of WASIX that the guests here make, and a way to say what came of them. */
#ifndef WASIX_H
#define WASIX_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define WASIX(name) __attribute__((__import_module__("wasix_32v1"), __import_name__(#name)))

struct snapshot { uint64_t user, hash[2]; };
struct option_pid { uint8_t tag; int32_t pid; };
struct join_status { uint8_t tag; union { uint16_t code; uint8_t stop; }; uint8_t signal; };

int32_t proc_fork(int32_t copy, int32_t *pid) WASIX(proc_fork);
int32_t proc_id(int32_t *pid) WASIX(proc_id);
int32_t proc_join(struct option_pid *pid, int32_t flags, struct join_status *status) WASIX(proc_join);
int32_t stack_checkpoint(struct snapshot *snapshot, uint64_t *value) WASIX(stack_checkpoint);
_Noreturn void stack_restore(const struct snapshot *snapshot, uint64_t value) WASIX(stack_restore);
int32_t fd_dup(int32_t fd, int32_t *result) WASIX(fd_dup);
int32_t fd_renumber(int32_t fd, int32_t to) __attribute__((__import_module__("wasi_snapshot_preview1"), __import_name__("fd_renumber")));
int32_t path_readlink(int32_t fd, const void *request, size_t length, void *reply, size_t room, size_t *used)
    __attribute__((__import_module__("wasi_snapshot_preview1"), __import_name__("path_readlink")));

static inline void check(const char *what, long actual, long expected)
{
    if (actual != expected) {
        printf("%s: %ld, not %ld\n", what, actual, expected);
        exit(1);
    }
}

#endif
