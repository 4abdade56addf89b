// Rows of processes, for the kernel and for a box alike: the same program on both sides.
//
//   processes ROW N     does it N times and prints how many nanoseconds that took
//
// A call that fails ends the program, with the reason on standard error.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

static void check(int ok, const char *what) {
    if (!ok) {
        perror(what);
        exit(1);
    }
}

static int64_t now(void) {
    struct timespec time;
    check(clock_gettime(CLOCK_MONOTONIC, &time) == 0, "clock_gettime");
    return time.tv_sec * INT64_C(1000000000) + time.tv_nsec;
}

static void join(pid_t child) {
    int status;
    check(waitpid(child, &status, 0) == child, "waitpid");
    check(WIFEXITED(status) && WEXITSTATUS(status) == 0, "status");
}

// One byte there and back through two pipes between two processes.
static int64_t pipe_pingpong(long n) {
    int there[2], back[2];
    char byte = 0;
    check(pipe(there) == 0 && pipe(back) == 0, "pipe");
    pid_t child = fork();
    check(child >= 0, "fork");
    if (child == 0) {
        close(there[1]);
        close(back[0]);
        while (read(there[0], &byte, 1) == 1) {
            if (write(back[1], &byte, 1) != 1) _exit(1);
        }
        _exit(0);
    }
    close(there[0]);
    close(back[1]);
    int64_t began = now();
    for (long i = 0; i < n; i++) {
        check(write(there[1], &byte, 1) == 1, "write");
        check(read(back[0], &byte, 1) == 1, "read");
    }
    int64_t took = now() - began;
    close(there[1]);
    join(child);
    return took;
}

// A process of a program that does nothing, waited for.
static int64_t spawn_wait_empty(long n) {
    char *arguments[] = {"/bin/true", NULL};
    int64_t began = now();
    for (long i = 0; i < n; i++) {
        pid_t child;
        errno = posix_spawn(&child, arguments[0], NULL, NULL, arguments, environ);
        check(errno == 0, arguments[0]);
        join(child);
    }
    return now() - began;
}

// A copy of a process with a mebibyte of memory in use, which ends at once.
static int64_t fork_wait_1mib(long n) {
    volatile char *memory = malloc(1 << 20);
    check(memory != NULL, "malloc");
    for (long i = 0; i < 1 << 20; i += 64) memory[i] = (char)(i >> 6 | 1);
    int64_t began = now();
    for (long i = 0; i < n; i++) {
        pid_t child = fork();
        check(child >= 0, "fork");
        if (child == 0) _exit(memory[64] == 1 ? 0 : 1);
        join(child);
    }
    return now() - began;
}

int main(int count, char **words) {
    static const struct {
        const char *name;
        int64_t (*run)(long n);
    } rows[] = {
        {"pipe_pingpong", pipe_pingpong},
        {"spawn_wait_empty", spawn_wait_empty},
        {"fork_wait_1mib", fork_wait_1mib},
    };
    for (size_t i = 0; count == 3 && i < sizeof rows / sizeof *rows; i++) {
        if (strcmp(words[1], rows[i].name) == 0) {
            printf("%lld\n", (long long)rows[i].run(atol(words[2])));
            return 0;
        }
    }
    fprintf(stderr, "processes: no such row\n");
    return 2;
}
