// Flags of open, and of open files: shared by copies and over fork.
//
// expect: exit=0
// compare: native
#include "sdk.h"

static void show(const char *name, int fd)
{
    int flags = fcntl(fd, F_GETFL);
    printf("%s:%s%s%s%s%s\n", name, (flags & O_ACCMODE) == O_RDONLY ? " r" : "", (flags & O_ACCMODE) == O_WRONLY ? " w" : "",
        (flags & O_ACCMODE) == O_RDWR ? " rw" : "", flags & O_APPEND ? " append" : "", flags & O_NONBLOCK ? " nonblock" : "");
}

int main(void)
{
    scratch();
    int fd = open("file", O_WRONLY | O_CREAT | O_EXCL, 0600);
    show("created", fd);
    say(open("file", O_WRONLY | O_CREAT | O_EXCL, 0600));
    int copy = dup(fd);
    say(fcntl(copy, F_SETFL, O_APPEND | O_NONBLOCK));
    show("by the copy", fd);
    say(fcntl(copy, F_SETFL, 0));
    show("and back", fd);
    write(fd, "12345", 5);
    int append = open("file", O_RDWR | O_APPEND);
    show("append", append);
    lseek(append, 0, SEEK_SET);
    say(write(append, "67", 2));
    say(lseek(append, 0, SEEK_CUR));
    say(read(fd, &copy, 1));
    int reading = open("file", O_RDONLY | O_CLOEXEC);
    show("reading", reading);
    say(fcntl(reading, F_GETFD));
    say(write(reading, "x", 1));
    say(open("file", O_RDONLY | O_DIRECTORY));
    say(open(".", O_WRONLY));
    say(open("nothing", O_RDONLY));
    say(open("file/x", O_RDONLY));
    symlink("file", "link");
    say(open("link", O_RDONLY | O_NOFOLLOW));
    say(close(open("file", O_WRONLY | O_TRUNC)));
    struct stat s;
    stat("file", &s);
    printf("size %d\n", (int)s.st_size);

    write(append, "abcdef", 6);
    lseek(append, 0, SEEK_SET);
    pid_t pid = fork();
    if (pid == 0) {
        char two[2];
        read(append, two, 2);
        _exit(0);
    }
    waitpid(pid, NULL, 0);
    printf("the child moved it to %d\n", (int)lseek(append, 0, SEEK_CUR));
    return 0;
}
