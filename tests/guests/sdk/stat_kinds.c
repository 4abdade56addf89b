// What stat says of every kind of file.
//
// expect: exit=0
// compare: native
#include <sys/sysmacros.h>
#include "sdk.h"

static const char *kind(mode_t mode)
{
    return S_ISREG(mode) ? "file" : S_ISDIR(mode) ? "directory" : S_ISLNK(mode) ? "link" : S_ISFIFO(mode) ? "fifo"
        : S_ISCHR(mode) ? "character device" : S_ISBLK(mode) ? "block device" : S_ISSOCK(mode) ? "socket" : "?";
}

int main(void)
{
    struct stat s, t;
    scratch();
    int fd = open("file", O_RDWR | O_CREAT, 0644);
    write(fd, "hello", 5);
    mkdir("dir", 0755);
    symlink("file", "link");
    symlink("nowhere", "dangling");
    mkfifo("fifo", 0644);
    const char *paths[] = { "file", "dir", "link", "dangling", "fifo", "/dev/null", "nothing", "", "file/", "file/x" };
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        printf("%s: ", paths[i]);
        if (stat(paths[i], &s) < 0)
            printf("%s", error_name(errno));
        else
            printf("%s", kind(s.st_mode));
        if (lstat(paths[i], &s) < 0)
            printf(", %s\n", error_name(errno));
        else
            printf(", %s\n", kind(s.st_mode));
    }
    fstat(fd, &s);
    stat("file", &t);
    truth(s.st_ino == t.st_ino && s.st_dev == t.st_dev);
    printf("size %d, links %d\n", (int)s.st_size, (int)s.st_nlink);
    link("file", "hard");
    stat("hard", &t);
    truth(s.st_ino == t.st_ino);
    printf("links %d\n", (int)t.st_nlink);
    unlink("file");
    fstat(fd, &s);
    printf("links %d\n", (int)s.st_nlink);
    lstat("link", &s);
    printf("a link's size %d\n", (int)s.st_size);
    stat("/dev/null", &s);
    printf("null is %d, %d\n", (int)major(s.st_rdev), (int)minor(s.st_rdev));

    struct timespec times[2] = { { 1000000000, 5000 }, { 1234567890, 0 } };
    say(utimensat(AT_FDCWD, "hard", times, 0));
    stat("hard", &s);
    printf("%lld.%ld %lld.%ld\n", (long long)s.st_atim.tv_sec, (long)s.st_atim.tv_nsec, (long long)s.st_mtim.tv_sec, (long)s.st_mtim.tv_nsec);
    times[0].tv_nsec = UTIME_OMIT;
    times[1].tv_sec = 5;
    say(futimens(fd, times));
    stat("hard", &s);
    printf("%lld %lld\n", (long long)s.st_atime, (long long)s.st_mtime);
    times[1].tv_nsec = 2000000000;
    say(futimens(fd, times));
    say(fstat(99, &s));
    say(mknod("plain", S_IFREG | 0600, 0));
    stat("plain", &s);
    puts(kind(s.st_mode));
    return 0;
}
