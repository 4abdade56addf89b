// wasm-only
// For a while, walks through directories that the host may swap for links that lead out, or move out, at the same time:
// reads, writes, makes, removes, moves, links, lists. Whatever any of it answers, nothing read or listed is from outside.
// Alone it only does all of it a few times; the test of the hammer swaps, and gives it longer.
//
// class: rename race
// preopen: /data
// args: 20
// setup: file outside/secret "outside"
// setup: file outside/canary ""
// setup: file data/d/secret "inside"
// setup: file data/d/w "inside"
// setup: dir data/d/sub/deep
// setup: file data/d/sub/secret "inside"
// setup: dir data/e/f
// setup: symlink data/link ../outside
// after: file outside/secret "outside"
// after: entries outside 2
// expect: exit=0
// compare:
#include "guest.h"
#include "preview1.h"

static long long reads, refusals, changes;
static char *top;

static void reads_inside(const char *path) {
    char content[16];
    int fd = open(in(top, path), O_RDONLY);
    if (fd < 0) {
        refusals++;
        return;
    }
    ssize_t length = read(fd, content, sizeof content);
    if (length > 0 && (length != 6 || memcmp(content, "inside", 6) != 0)) {
        fail(path, "to be inside");
    }
    reads++;
    close(fd);
}

static void lists_inside(const char *path) {
    DIR *directory = opendir(in(top, path));
    if (directory == NULL) {
        refusals++;
        return;
    }
    for (struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        if (strcmp(entry->d_name, "canary") == 0) {
            fail(path, "to be listed inside");
        }
    }
    reads++;
    closedir(directory);
}

static void sees_inside(const char *path) {
    struct stat status;
    if (stat(in(top, path), &status) == 0) {
        fail(path, "to be nowhere");
    }
}

static void changes_inside(int round) {
    char name[64], moved[64];
    int fd = open(in(top, "d/w"), O_WRONLY | (round % 2 == 0 ? O_TRUNC : 0));
    if (fd >= 0) {
        changes += write(fd, "inside", 6) == 6;
        close(fd);
    }
    snprintf(name, sizeof name, "%s/made", round % 3 == 0 ? "d/sub" : "d");
    snprintf(moved, sizeof moved, "%s/moved", round % 5 == 0 ? "d/sub" : "d");
    fd = open(in(top, name), O_WRONLY | O_CREAT | (round % 7 == 0 ? O_EXCL : 0), 0666);
    if (fd >= 0) {
        changes++;
        close(fd);
    }
    changes += rename(in(top, name), in(top, moved)) == 0;
    changes += link(in(top, moved), in(top, name)) == 0;
    changes += mkdir(in(top, "d/sub/new"), 0777) == 0;
    changes += symlink("w", in(top, "d/soft")) == 0;
    changes += utimensat(AT_FDCWD, in(top, "d/w"), NULL, 0) == 0;
    changes += rename(in(top, "d/secret"), in(top, "e/stolen")) == 0;
    changes += rename(in(top, "e/stolen"), in(top, "d/secret")) == 0;
    changes += link(in(top, "d/secret"), in(top, "stolen")) == 0;
    reads_inside("stolen");
    unlink(in(top, "stolen"));
    unlink(in(top, "d/soft"));
    unlink(in(top, name));
    unlink(in(top, moved));
    rmdir(in(top, "d/sub/new"));
    unlink(in(top, "d/canary"));
    unlink(in(top, "d/sub/canary"));
    rmdir(in(top, "d/empty"));
}

// The descriptor is of a directory that may be anywhere by now; up from it is refused, and down from it is its own.
static void by_descriptor(void) {
    uint32_t error, fd, out;
    uint32_t sub = wasi_open(3, "d/sub", OFLAG_DIRECTORY, RIGHTS_ALL, &error);
    if (error != 0) {
        refusals++;
        return;
    }
    if (wasi_path_open(sub, LOOKUP_FOLLOW, PATH("../secret"), 0, RIGHT_FD_READ, 0, 0, ADDRESS(&fd)) == 0) {
        fail("up from a descriptor", "to be refused");
    }
    if (wasi_path_open(sub, LOOKUP_FOLLOW, PATH("deep/../../secret"), 0, RIGHT_FD_READ, 0, 0, ADDRESS(&fd)) == 0) {
        fail("down and up from a descriptor", "to be refused");
    }
    if (wasi_path_open(sub, LOOKUP_FOLLOW, PATH("canary"), 0, RIGHT_FD_READ, 0, 0, ADDRESS(&out)) == 0) {
        fail("below a descriptor", "to be inside");
    }
    wasi_fd_close(sub);
}

int main(int argc, char **argv) {
    struct timespec now, end;
    long long milliseconds = argc > 2 ? atoll(argv[2]) : 20;
    top = argv[1];
    clock_gettime(CLOCK_MONOTONIC, &end);
    end.tv_sec += milliseconds / 1000;
    end.tv_nsec += milliseconds % 1000 * 1000000;
    int round = 0;
    do {
        reads_inside("d/secret");
        reads_inside("d/sub/secret");
        reads_inside("d/sub/../secret");
        reads_inside("d/sub/deep/../../secret");
        reads_inside("e/../secret");
        reads_inside("e/f/../../secret");
        sees_inside("e/../canary");
        sees_inside("e/f/../../canary");
        sees_inside("d/canary");
        sees_inside("d/sub/canary");
        lists_inside("d");
        lists_inside("d/sub");
        lists_inside("e/f/../..");
        by_descriptor();
        changes_inside(round++);
        clock_gettime(CLOCK_MONOTONIC, &now);
    } while (now.tv_sec < end.tv_sec || (now.tv_sec == end.tv_sec && now.tv_nsec < end.tv_nsec));
    say("%lld %lld %lld", reads, refusals, changes);
    return guest_failures == 0 ? 0 : 1;
}
