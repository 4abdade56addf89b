// Times are kept to the nanosecond, each one alone, on files, directories, open files and links themselves.
//
// preopen: /data
// expect: exit=0
// compare: builtin native
#include "guest.h"

static void times(const char *what, const struct stat *s) {
    say("%s: %lld.%09ld %lld.%09ld", what, (long long)s->st_atim.tv_sec, s->st_atim.tv_nsec,
        (long long)s->st_mtim.tv_sec, s->st_mtim.tv_nsec);
}

int main(int argc, char **argv) {
    (void)argc;
    char *dir = argv[1];
    struct stat status, link_itself;
    struct timespec both[2] = {{1000000001, 123456789}, {1500000002, 987654321}};
    struct timespec others[2] = {{1, 1}, {2, 2}};
    put(in(dir, "file"), "x");
    want("mkdir", outcome(mkdir(in(dir, "sub"), 0777)), 0);
    want("symlink", outcome(symlink("file", in(dir, "soft"))), 0);

    want("utimensat", outcome(utimensat(AT_FDCWD, in(dir, "file"), both, 0)), 0);
    stat(in(dir, "file"), &status);
    times("file", &status);
    check("exact", status.st_atim.tv_nsec == 123456789 && status.st_mtim.tv_nsec == 987654321);

    int fd = open(in(dir, "file"), O_RDWR);
    want("futimens", outcome(futimens(fd, others)), 0);
    fstat(fd, &status);
    times("open file", &status);
    check("exact", status.st_atim.tv_nsec == 1 && status.st_mtim.tv_sec == 2);
    close(fd);

    want("of a directory", outcome(utimensat(AT_FDCWD, in(dir, "sub"), both, 0)), 0);
    stat(in(dir, "sub"), &status);
    times("directory", &status);

    want("of a link itself", outcome(utimensat(AT_FDCWD, in(dir, "soft"), both, AT_SYMLINK_NOFOLLOW)), 0);
    lstat(in(dir, "soft"), &link_itself);
    stat(in(dir, "file"), &status);
    equal("the link's", link_itself.st_mtim.tv_sec, 1500000002);
    equal("not the file's", status.st_mtim.tv_sec, 2);

    want("through the link", outcome(utimensat(AT_FDCWD, in(dir, "soft"), both, 0)), 0);
    stat(in(dir, "file"), &status);
    equal("the file's", status.st_mtim.tv_sec, 1500000002);
    want("of nothing", outcome(utimensat(AT_FDCWD, in(dir, "none"), both, 0)), ENOENT);
    return finish();
}
