// Reading and writing: short reads at the end, nothing past it, writing in the middle and over the end, empty transfers,
// a megabyte there and back.
//
// preopen: /data
// expect: exit=0
// compare: builtin native
#include "guest.h"

int main(int argc, char **argv) {
    (void)argc;
    static unsigned char big[1 << 20], back[1 << 20];
    char *path = in(argv[1], "file"), buffer[16] = "";
    int fd = open(path, O_RDWR | O_CREAT, 0666);
    equal("write", write(fd, "0123456789", 10), 10);
    equal("read at the end", read(fd, buffer, sizeof buffer), 0);
    lseek(fd, 7, SEEK_SET);
    equal("short read", read(fd, buffer, sizeof buffer), 3);
    check("its bytes", memcmp(buffer, "789", 3) == 0);
    lseek(fd, 8, SEEK_SET);
    equal("write over the end", write(fd, "abcd", 4), 4);
    text("content", get(path), "01234567abcd");
    lseek(fd, 2, SEEK_SET);
    equal("write of nothing", write(fd, "", 0), 0);
    equal("read of nothing", read(fd, buffer, 0), 0);
    equal("position kept", lseek(fd, 0, SEEK_CUR), 2);
    lseek(fd, 100, SEEK_SET);
    equal("read past the end", read(fd, buffer, 1), 0);
    equal("size kept", size_of(path), 12);

    for (int i = 0; i < (int)sizeof big; i++) {
        big[i] = (unsigned char)(i * 31 + i / 251);
    }
    lseek(fd, 0, SEEK_SET);
    size_t done = 0;
    while (done < sizeof big) {
        ssize_t count = write(fd, big + done, sizeof big - done);
        if (count <= 0) {
            break;
        }
        done += count;
    }
    equal("a megabyte written", done, sizeof big);
    lseek(fd, 0, SEEK_SET);
    done = 0;
    while (done < sizeof back) {
        ssize_t count = read(fd, back + done, sizeof back - done);
        if (count <= 0) {
            break;
        }
        done += count;
    }
    equal("a megabyte read", done, sizeof back);
    check("the same", memcmp(big, back, sizeof big) == 0);
    return finish();
}
