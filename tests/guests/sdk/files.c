// Truncating, holes, positions, moving bytes between files.
//
// expect: exit=0
// compare: native
#include <sys/ioctl.h>
#include <sys/sendfile.h>
#include "sdk.h"

int main(void)
{
    struct stat s;
    char buffer[32];
    scratch();
    int fd = open("file", O_RDWR | O_CREAT, 0644);
    write(fd, "0123456789", 10);
    say(ftruncate(fd, 4));
    say(lseek(fd, 0, SEEK_CUR));
    say(write(fd, "x", 1));
    memset(buffer, '-', sizeof buffer);
    say(pread(fd, buffer, sizeof buffer, 0));
    for (int i = 0; i < 11; i++)
        putchar(buffer[i] ? buffer[i] : '0');
    putchar('\n');
    say(truncate("file", 1000000));
    stat("file", &s);
    printf("%d\n", (int)s.st_size);
    say(truncate("nothing", 1));
    say(truncate(".", 1));
    say(truncate("file", -1));
    say(lseek(fd, -1, SEEK_SET));
    say(lseek(fd, 5, SEEK_END));
    say(lseek(fd, 0, 77));
    say(posix_fallocate(fd, 0, 2000000));
    fstat(fd, &s);
    printf("%d\n", (int)s.st_size);
    say(ftruncate(fd, 6));

    int out = open("copy", O_RDWR | O_CREAT, 0644);
    off_t offset = 1;
    say(sendfile(out, fd, &offset, 3));
    printf("%d\n", (int)offset);
    lseek(fd, 0, SEEK_SET);
    say(copy_file_range(fd, NULL, out, NULL, 100, 0));
    fstat(out, &s);
    printf("%d\n", (int)s.st_size);
    int p[2];
    pipe(p);
    lseek(fd, 0, SEEK_SET);
    say(splice(fd, NULL, p[1], NULL, 6, 0));
    say(read(p[0], buffer, sizeof buffer));
    int available = -1;
    write(p[1], "abc", 3);
    say(ioctl(p[0], FIONREAD, &available));
    printf("%d\n", available);
    unlink("file");
    say(pread(fd, buffer, 2, 0));
    return 0;
}
