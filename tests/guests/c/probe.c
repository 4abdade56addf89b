// wasm-only
// Does what standard input says, a line at a time, and answers each with a line: ok or an error's name, and a number. So a
// test speaks with a guest that is running, and can change the world between two of its calls. A first word `again` does the
// rest up to so many times, # being the count, until it fails, and answers with how often it went well.
// The built-in has no limit on buffers, so it is left out.
//
// preopen: /data
// stdin: "open /data/f rwc\nwrite 4 0 10\nread 4 5 100\nclose 4\nclose 4\nagain 3 mkdir /data/d#\nagain 9 mkdir /data/d#\nlist /data\ntext /data/none\nbuffers 0 1025\n"
// stdout: "ok 4\nok 10\nok 5\nok 0\nEBADF 0\nok 3\nEEXIST 0\nok 4\nENOENT 0\nEINVAL 0\n"
// expect: exit=0
// compare:
#include "guest.h"
#include "preview1.h"

enum { MOST = 1 << 20, MANY = 100000 };

static char buffer[MOST];
static long long number;

static int opening(const char *path, const char *letters) {
    int writes = strchr(letters, 'w') != NULL, reads = strchr(letters, 'r') != NULL;
    int flags = writes ? reads ? O_RDWR : O_WRONLY : O_RDONLY;
    flags |= strchr(letters, 'c') != NULL ? O_CREAT : 0;
    flags |= strchr(letters, 'x') != NULL ? O_EXCL : 0;
    flags |= strchr(letters, 't') != NULL ? O_TRUNC : 0;
    flags |= strchr(letters, 'a') != NULL ? O_APPEND : 0;
    flags |= strchr(letters, 'd') != NULL ? O_DIRECTORY : 0;
    return open(path, flags, 0666);
}

static int counted(long long result) {
    number = result < 0 ? 0 : result;
    return result < 0 ? errno : 0;
}

static int listed(const char *path) {
    DIR *directory = opendir(path);
    if (directory == NULL) {
        return errno;
    }
    for (errno = 0; readdir(directory) != NULL; number++) {
    }
    int error = errno;
    number -= error == 0 ? 2 : 0; // the dots
    closedir(directory);
    return error;
}

static int is_text(const char *path, const char *wanted) {
    int fd = open(path, O_RDONLY);
    ssize_t length = fd < 0 ? -1 : read(fd, buffer, MOST);
    int error = errno;
    close(fd);
    number = length == (ssize_t)strlen(wanted) && memcmp(buffer, wanted, strlen(wanted)) == 0;
    return length < 0 ? error : 0;
}

static int reads_into(uint32_t fd, uint32_t count) {
    static struct iov parts[MANY];
    for (uint32_t i = 0; i < count; i++) {
        parts[i] = (struct iov){ADDRESS(buffer + i), 1};
    }
    uint32_t used = 0, error = wasi_fd_pread(fd, ADDRESS(parts), count, 0, ADDRESS(&used));
    number = used;
    return (int)error;
}

static int polls(uint32_t count) {
    static struct subscription asked[MANY];
    static struct event events[MANY];
    for (uint32_t i = 0; i < count; i++) {
        asked[i] = (struct subscription){.userdata = i, .tag = EVENT_CLOCK, .clock = {.id = CLOCK_IS_MONOTONIC}};
    }
    uint32_t happened = 0, error = wasi_poll_oneoff(ADDRESS(asked), ADDRESS(events), count, ADDRESS(&happened));
    number = happened;
    return (int)error;
}

// A name of so many bytes, or a path of so many, of names that are there.
static int looks_up(uint32_t length, char fill) {
    struct filestat status;
    memset(buffer, fill, length);
    for (uint32_t i = 0; fill == '.' && i < length; i += 2) {
        buffer[i + 1] = '/';
    }
    return (int)wasi_path_filestat_get(3, 0, ADDRESS(buffer), length, ADDRESS(&status));
}

static int does(char **words) {
    const char *verb = words[0], *first = words[1], *second = words[2];
    int fd = atoi(first);
    long long offset = atoll(second), count = atoll(words[3]);
    number = 0;
    if (strcmp(verb, "open") == 0) return counted(opening(first, second));
    if (strcmp(verb, "close") == 0) return counted(close(fd));
    if (strcmp(verb, "read") == 0) return counted(pread(fd, buffer, (size_t)count, offset));
    if (strcmp(verb, "write") == 0) return counted(pwrite(fd, memset(buffer, 'x', (size_t)count), (size_t)count, offset));
    if (strcmp(verb, "append") == 0) return counted(write(fd, memset(buffer, 'x', (size_t)offset), (size_t)offset));
    if (strcmp(verb, "sync") == 0) return counted(fsync(fd));
    if (strcmp(verb, "resize") == 0) return counted(ftruncate(fd, offset));
    if (strcmp(verb, "allocate") == 0) return posix_fallocate(fd, 0, offset);
    if (strcmp(verb, "size") == 0) return (number = size_of(first)) < 0 ? errno : 0;
    if (strcmp(verb, "mkdir") == 0) return counted(mkdir(first, 0777));
    if (strcmp(verb, "rmdir") == 0) return counted(rmdir(first));
    if (strcmp(verb, "unlink") == 0) return counted(unlink(first));
    if (strcmp(verb, "rename") == 0) return counted(rename(first, second));
    if (strcmp(verb, "link") == 0) return counted(link(first, second));
    if (strcmp(verb, "symlink") == 0) return counted(symlink(first, second));
    if (strcmp(verb, "touch") == 0) return counted(utimensat(AT_FDCWD, first, NULL, 0));
    if (strcmp(verb, "list") == 0) return listed(first);
    if (strcmp(verb, "text") == 0) return is_text(first, second);
    if (strcmp(verb, "buffers") == 0) return reads_into((uint32_t)fd, (uint32_t)offset);
    if (strcmp(verb, "poll") == 0) return polls((uint32_t)fd);
    if (strcmp(verb, "name") == 0) return looks_up((uint32_t)fd, 'n');
    if (strcmp(verb, "path") == 0) return looks_up((uint32_t)fd, '.');
    return ENOSYS;
}

// Puts the count wherever a word has a #.
static int does_counted(char **words, int count) {
    static char texts[5][512];
    char *filled[5];
    for (int i = 0; i < 5; i++) {
        const char *mark = strchr(words[i], '#');
        filled[i] = words[i];
        if (mark != NULL) {
            snprintf(texts[i], sizeof texts[i], "%.*s%d%s", (int)(mark - words[i]), words[i], count, mark + 1);
            filled[i] = texts[i];
        }
    }
    return does(filled);
}

int main(void) {
    static char line[4096];
    while (fgets(line, sizeof line, stdin) != NULL) {
        char *words[8] = {"", "", "", "", "", "", "", ""};
        int error = 0, count = 0, rest = 0;
        for (char *word = strtok(line, " \n"); word != NULL && count < 7; word = strtok(NULL, " \n")) {
            words[count++] = word;
        }
        if (strcmp(words[0], "again") == 0) {
            int times = atoi(words[1]);
            for (rest = 0; rest < times && (error = does_counted(words + 2, rest)) == 0; rest++) {
            }
            number = rest;
        } else {
            error = does(words);
        }
        say("%s %lld", error_name(error), error == 0 || rest > 0 ? number : 0);
        fflush(stdout);
    }
    return 0;
}
