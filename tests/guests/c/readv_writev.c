// Scattered transfers keep the order of their parts; empty parts are nothing. A host may stop after any part, so the
// rest is asked for again.
//
// preopen: /data
// expect: exit=0
// compare: builtin native
#include "guest.h"

typedef ssize_t transfer(int, const struct iovec *, int);

// Repeats a transfer until all parts are through, as a program must.
static ssize_t whole(transfer *call, int fd, struct iovec *parts, int count) {
    ssize_t total = 0;
    while (count > 0) {
        ssize_t done = call(fd, parts, count);
        if (done < 0) {
            return -1;
        }
        total += done;
        while (count > 0 && (size_t)done >= parts->iov_len) {
            done -= parts->iov_len;
            parts++;
            count--;
        }
        if (count > 0) {
            parts->iov_base = (char *)parts->iov_base + done;
            parts->iov_len -= done;
        }
    }
    return total;
}

int main(int argc, char **argv) {
    (void)argc;
    char a[] = "one", b[] = "", c[] = "three", d[4] = "", e[8] = "";
    char *path = in(argv[1], "file");
    int fd = open(path, O_RDWR | O_CREAT, 0666);
    struct iovec out[] = {{a, 3}, {b, 0}, {c, 5}};
    equal("writev", whole(writev, fd, out, 3), 8);
    text("content", get(path), "onethree");
    lseek(fd, 0, SEEK_SET);
    struct iovec back[] = {{d, 2}, {NULL, 0}, {e, 6}};
    equal("readv", whole(readv, fd, back, 3), 8);
    text("first part", d, "on");
    text("last part", e, "ethree");
    struct iovec empty[] = {{d, 0}, {e, 0}};
    equal("empty parts", writev(fd, empty, 2), 0);

    equal("pwritev", pwritev(fd, &(struct iovec){c, 5}, 1, 1), 5);
    equal("preadv", preadv(fd, &(struct iovec){e, 3}, 1, 2), 3);
    check("its bytes", memcmp(e, "hre", 3) == 0);
    equal("position kept", lseek(fd, 0, SEEK_CUR), 8);
    return finish();
}
