// Temporary files and directories.
//
// expect: exit=0
// compare: native
#include "sdk.h"

int main(void)
{
    struct stat s;
    scratch();
    char file[] = "fXXXXXX", other[] = "fXXXXXX.txt", dir[] = "dXXXXXX", bad[] = "xXX";
    int fd = mkstemp(file);
    truth(fd >= 0 && strcmp(file, "fXXXXXX") != 0);
    fstat(fd, &s);
    printf("%o %d\n", (unsigned)s.st_mode, (int)s.st_size);
    truth(mkstemps(other, 4) >= 0 && strcmp(other + 7, ".txt") == 0);
    truth(mkdtemp(dir) == dir);
    stat(dir, &s);
    printf("%o\n", (unsigned)s.st_mode);
    say(mkstemp(bad));
    char cloexec[] = "cXXXXXX";
    fd = mkostemp(cloexec, O_CLOEXEC);
    say(fcntl(fd, F_GETFD));
    FILE *stream = tmpfile();
    fputs("some text", stream);
    rewind(stream);
    char buffer[16] = "";
    fgets(buffer, sizeof buffer, stream);
    puts(buffer);
    fstat(fileno(stream), &s);
    printf("%d\n", (int)s.st_nlink);
    return 0;
}
