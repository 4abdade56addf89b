// The kernel's side of every row: the same loops as in Guests/, on the same files.
//
//   loops DIRECTORY     reads a command a line and answers each with one line:
//     run ROW N         nanoseconds that N operations took
//     make ENTRIES      makes a directory of so many files, named as Guests/directory.wat names them; answers 0
//     remove ENTRIES    removes it; answers 0
//
// A call that fails ends the program, with the reason on standard error.
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

static int root;
static int file;
static char bytes[65536];
static struct stat status;

static void check(int ok, const char *what) {
    if (!ok) {
        perror(what);
        exit(1);
    }
}

static void letters(char *name, uint32_t number) {
    uint64_t bits = number;
    bits = (bits | bits << 16) & 0x0000FFFF0000FFFF;
    bits = (bits | bits << 8) & 0x00FF00FF00FF00FF;
    bits = (bits | bits << 4) & 0x0F0F0F0F0F0F0F0F;
    bits += 0x6161616161616161;
    memcpy(name, &bits, 8);
    name[8] = 0;
}

static int open_directory(long entries) {
    char name[9];
    letters(name, (uint32_t)entries);
    int directory = openat(root, name, O_RDONLY | O_DIRECTORY);
    check(directory >= 0, name);
    return directory;
}

static void rewind_file(void) { check(lseek(file, 0, SEEK_SET) == 0, "lseek"); }

static void sched_yield_loop(long n) {
    do {
        check(sched_yield() == 0, "sched_yield");
    } while (--n);
}

static void clock_time_get_loop(long n) {
    struct timespec time;
    do {
        check(clock_gettime(CLOCK_MONOTONIC, &time) == 0, "clock_gettime");
    } while (--n);
}

static void random_get_16_loop(long n) {
    do {
        check(getrandom(bytes, 16, 0) == 16, "getrandom");
    } while (--n);
}

static void fd_write_64_loop(long n) {
    rewind_file();
    do {
        check(write(file, bytes, 64) == 64, "write");
        if ((n & 1023) == 0) {
            rewind_file();
        }
    } while (--n);
}

static void fd_read_64_loop(long n) {
    rewind_file();
    do {
        check(read(file, bytes, 64) == 64, "read");
        if ((n & 1023) == 0) {
            rewind_file();
        }
    } while (--n);
}

static void fd_pread_4096_loop(long n) {
    do {
        check(pread(file, bytes, 4096, (n & 15) << 12) == 4096, "pread");
    } while (--n);
}

static void path_filestat_get_depth1_loop(long n) {
    do {
        check(fstatat(root, "data", &status, 0) == 0, "fstatat");
    } while (--n);
}

static void path_filestat_get_depth8_loop(long n) {
    do {
        check(fstatat(root, "a/b/c/d/e/f/g/data", &status, 0) == 0, "fstatat");
    } while (--n);
}

static void path_open_close_loop(long n) {
    do {
        int opened = openat(root, "data", O_RDONLY);
        check(opened >= 0, "openat");
        check(close(opened) == 0, "close");
    } while (--n);
}

static void fd_readdir_1000_loop(long n) {
    int directory = open_directory(1000);
    do {
        check(lseek(directory, 0, SEEK_SET) == 0, "lseek");
        long total = 0;
        long count;
        while ((count = syscall(SYS_getdents64, directory, bytes, sizeof bytes)) > 0) {
            total += count;
        }
        check(count == 0 && total >= 32000, "getdents64");
    } while (--n);
    close(directory);
}

static void lookup(long n, long entries, long distinct) {
    static uint32_t random = 1;
    int directory = open_directory(entries);
    long apart = entries / distinct;
    char name[9];
    do {
        random = random * 1664525 + 1013904223;
        letters(name, (uint32_t)(apart * (long)((uint64_t)random * (uint64_t)distinct >> 32)));
        check(fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) == 0, "fstatat");
    } while (--n);
    close(directory);
}

static void lookup_10_loop(long n) { lookup(n, 10, 10); }

static void lookup_1000_loop(long n) { lookup(n, 1000, 10); }

static void lookup_1000000_loop(long n) { lookup(n, 1000000, 10); }

static void lookup_1000000_any_loop(long n) { lookup(n, 1000000, 1000000); }

static void box_from_template_loop(long n) {
    char *arguments[] = {"true", NULL};
    do {
        pid_t child;
        int result;
        errno = posix_spawn(&child, "/bin/true", NULL, NULL, arguments, environ);
        check(errno == 0, "posix_spawn");
        check(waitpid(child, &result, 0) == child && result == 0, "waitpid");
    } while (--n);
}

static const struct {
    const char *row;
    void (*loop)(long n);
} loops[] = {
    {"sched_yield", sched_yield_loop},
    {"sched_yield_policy", sched_yield_loop},
    {"sched_yield_denied", sched_yield_loop},
    {"sched_yield_traced", sched_yield_loop},
    {"clock_time_get", clock_time_get_loop},
    {"random_get_16", random_get_16_loop},
    {"fd_write_64_memory", fd_write_64_loop},
    {"fd_read_64_memory", fd_read_64_loop},
    {"fd_pread_4096_memory", fd_pread_4096_loop},
    {"fd_pread_4096_host", fd_pread_4096_loop},
    {"path_filestat_get_depth1", path_filestat_get_depth1_loop},
    {"path_filestat_get_depth8", path_filestat_get_depth8_loop},
    {"path_open_close", path_open_close_loop},
    {"overlay_stat", path_filestat_get_depth1_loop},
    {"tar_pread_4096", fd_pread_4096_loop},
    {"overlay_open_close", path_open_close_loop},
    {"fd_readdir_1000", fd_readdir_1000_loop},
    {"lookup_10", lookup_10_loop},
    {"lookup_1000", lookup_1000_loop},
    {"lookup_1000000", lookup_1000000_loop},
    {"lookup_1000000_any", lookup_1000000_any_loop},
    {"box_from_template", box_from_template_loop},
    {"box_from_image_100000", box_from_template_loop},
};

static long run(const char *row, long n) {
    for (size_t i = 0; i < sizeof loops / sizeof *loops; i++) {
        if (strcmp(loops[i].row, row) == 0) {
            struct timespec before, after;
            clock_gettime(CLOCK_MONOTONIC, &before);
            loops[i].loop(n);
            clock_gettime(CLOCK_MONOTONIC, &after);
            return (after.tv_sec - before.tv_sec) * 1000000000L + after.tv_nsec - before.tv_nsec;
        }
    }
    errno = ENOENT;
    check(0, row);
    return 0;
}

static long make(long entries) {
    char name[9];
    letters(name, (uint32_t)entries);
    check(mkdirat(root, name, 0755) == 0, "mkdirat");
    int directory = open_directory(entries);
    for (long i = 0; i < entries; i++) {
        letters(name, (uint32_t)i);
        check(mknodat(directory, name, S_IFREG | 0644, 0) == 0, "mknodat");
    }
    close(directory);
    return 0;
}

// What is gone already is as good as removed.
static long remove_all(long entries) {
    char name[9];
    letters(name, (uint32_t)entries);
    int directory = openat(root, name, O_RDONLY | O_DIRECTORY);
    for (long i = 0; i < entries; i++) {
        letters(name, (uint32_t)i);
        unlinkat(directory, name, 0);
    }
    close(directory);
    letters(name, (uint32_t)entries);
    unlinkat(root, name, AT_REMOVEDIR);
    return 0;
}

int main(int count, char **arguments) {
    check(count == 2, "loops DIRECTORY");
    root = open(arguments[1], O_RDONLY | O_DIRECTORY);
    check(root >= 0, arguments[1]);
    file = openat(root, "data", O_RDWR);
    check(file >= 0, "data");
    char line[256];
    char row[64];
    long number;
    while (fgets(line, sizeof line, stdin)) {
        long answer;
        if (sscanf(line, "run %63s %ld", row, &number) == 2) {
            answer = run(row, number);
        } else if (sscanf(line, "make %ld", &number) == 1) {
            answer = make(number);
        } else if (sscanf(line, "remove %ld", &number) == 1) {
            answer = remove_all(number);
        } else {
            errno = EINVAL;
            check(0, line);
            return 1;
        }
        printf("%ld\n", answer);
        fflush(stdout);
    }
    return 0;
}
