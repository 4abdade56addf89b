// Modes of files: the umask, chmod, what access says of them.
//
// expect: exit=0
// compare: native
#include "sdk.h"

static void show(const char *path)
{
    struct stat s;
    if (lstat(path, &s) < 0)
        printf("%s: %s\n", path, error_name(errno));
    else
        printf("%s: %06o\n", path, (unsigned)s.st_mode);
}

int main(void)
{
    scratch();
    say(umask(027));
    close(open("file", O_WRONLY | O_CREAT, 0666));
    show("file");
    mkdir("dir", 0777);
    show("dir");
    mkfifo("fifo", 0666);
    show("fifo");
    symlink("file", "link");
    truth((umask(0) & 0777) == 027);
    close(creat("open", 0777));
    show("open");
    FILE *stream = fopen("stream", "w");
    fclose(stream);
    show("stream");
    say(chmod("file", 04751));
    show("file");
    say(chmod("link", 0600));
    show("file");
    int fd = open("file", O_RDONLY);
    say(fchmod(fd, 0444));
    show("file");
    say(fchmodat(AT_FDCWD, "dir", 01777, 0));
    show("dir");
    say(chmod("nothing", 0600));
    say(access("file", F_OK));
    say(access("file", R_OK));
    say(access("file", X_OK));
    say(access("nothing", F_OK));
    say(access("file", 64));
    say(faccessat(AT_FDCWD, "dir", R_OK | W_OK | X_OK, AT_EACCESS));
    chmod("open", 0);
    show("open");
    struct stat s;
    fstat(fd, &s);
    truth(s.st_uid == geteuid());
    say(chown("file", (uid_t)-1, (gid_t)-1));
    say(fchown(fd, geteuid(), (gid_t)-1));
    say(chown("nothing", 0, 0));

    pid_t pid = fork();
    if (pid == 0) {
        truth(umask(077) == 0);
        exit(0);
    }
    reap("child", pid);
    say(umask(022));
    return 0;
}
