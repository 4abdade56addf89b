// Several processes and one file: appending, offsets that are shared, and what goes on while it is renamed, removed, or its directory is.
//
// expect: exit=0
// compare: native
#include "sdk.h"

enum { WRITERS = 6, LINES = 200, LENGTH = 32 };

static void line(char *to, int who, int which)
{
    memset(to, 'a' + who, LENGTH);
    snprintf(to, 12, "%d %d", who, which);
    to[LENGTH - 1] = '\n';
}

// Whole lines of each writer, in its order, and none missing.
static void check(const char *name)
{
    char found[LENGTH], wanted[LENGTH];
    int next[WRITERS] = { 0 }, torn = 0, count = 0;
    int fd = open(name, O_RDONLY);
    while (read(fd, found, LENGTH) == LENGTH) {
        int who = found[0] - '0';
        if (who < 0 || who >= WRITERS) {
            torn++;
            continue;
        }
        line(wanted, who, next[who]++);
        torn += memcmp(found, wanted, LENGTH) != 0;
        count++;
    }
    printf("%s: %d lines, %d torn\n", name, count, torn);
    close(fd);
}

static void many(const char *name, int flags, int shared)
{
    int common = open(name, O_WRONLY | O_CREAT | flags, 0644);
    fflush(stdout);
    for (int who = 0; who < WRITERS; who++)
        if (fork() == 0) {
            char text[LENGTH];
            int fd = shared ? common : open(name, O_WRONLY | flags);
            for (int i = 0; i < LINES; i++) {
                line(text, who, i);
                write(fd, text, LENGTH);
            }
            _exit(0);
        }
    while (wait(NULL) > 0) { }
    close(common);
    check(name);
}

static void offsets(void)
{
    char c = 0;
    int fd = open("letters", O_RDWR | O_CREAT, 0644);
    write(fd, "abcdefghij", 10);
    lseek(fd, 0, SEEK_SET);
    int copy = dup(fd), other = open("letters", O_RDWR);
    fflush(stdout);
    if (fork() == 0) {
        read(fd, &c, 1);
        lseek(copy, 3, SEEK_CUR);
        fcntl(fd, F_SETFL, O_APPEND);
        _exit(0);
    }
    wait(NULL);
    say(lseek(copy, 0, SEEK_CUR));
    say(lseek(other, 0, SEEK_CUR));
    say((fcntl(copy, F_GETFL) & O_APPEND) != 0);
    say((fcntl(other, F_GETFL) & O_APPEND) != 0);
    say(read(copy, &c, 1));
    printf("%c\n", c);
    say(write(copy, "k", 1));
    say(lseek(fd, 0, SEEK_CUR));
    say(read(other, &c, 1));
    printf("%c\n", c);
}

static void renamed(void)
{
    char text[16] = "";
    struct stat s;
    struct gate done = gate_make(), go = gate_make();
    fflush(stdout);
    pid_t pid = fork();
    if (pid == 0) {
        int fd = open("before", O_RDWR | O_CREAT, 0644);
        write(fd, "one ", 4);
        gate_open(done);
        gate_wait(go);
        write(fd, "two ", 4);
        gate_open(done);
        gate_wait(go);
        write(fd, "three", 5);
        say(pread(fd, text, 15, 0));
        printf("%s\n", text);
        fstat(fd, &s);
        say(s.st_nlink);
        exit(0);
    }
    gate_wait(done);
    close(open("target", O_WRONLY | O_CREAT, 0644));
    int over = open("target", O_RDONLY);
    say(rename("before", "target"));
    fstat(over, &s);
    say(s.st_nlink);
    gate_open(go);
    gate_wait(done);
    say(access("before", F_OK));
    stat("target", &s);
    say(s.st_size);
    say(unlink("target"));
    close(open("target", O_WRONLY | O_CREAT, 0644));
    gate_open(go);
    reap("writer", pid);
    stat("target", &s);
    say(s.st_size);
    say(read(over, text, 1));
}

static void removed(void)
{
    char path[256];
    struct stat s;
    struct gate done = gate_make(), go = gate_make();
    mkdir("gone", 0755);
    fflush(stdout);
    pid_t pid = fork();
    if (pid == 0) {
        chdir("gone");
        int fd = open("file", O_RDWR | O_CREAT, 0644);
        unlink("file");
        gate_open(done);
        gate_wait(go);
        say(open("new", O_WRONLY | O_CREAT, 0644));
        say(mkdir("new", 0755));
        say(getcwd(path, sizeof path) == NULL ? -1 : 0);
        say(stat(".", &s));
        say(s.st_nlink);
        say(access("..", F_OK));
        say(write(fd, "still", 5));
        say(symlink("a", "b"));
        say(chdir("../"));
        exit(0);
    }
    gate_wait(done);
    say(rmdir("gone"));
    mkdir("gone", 0755);
    gate_open(go);
    reap("in it", pid);
    say(rmdir("gone"));
}

int main(void)
{
    scratch();
    many("appended", O_APPEND, 0);
    many("appended together", O_APPEND, 1);
    many("one offset", 0, 1);
    offsets();
    renamed();
    removed();
    return 0;
}
