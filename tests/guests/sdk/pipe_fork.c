// Two processes and two pipes: a number goes there and back, and more than a pipe holds goes one way.
//
// expect: exit=0
// compare: native
#include "sdk.h"

int main(void)
{
    int to[2], from[2];
    pipe(to);
    pipe(from);
    pid_t pid = fork();
    if (pid == 0) {
        int n;
        close(to[1]);
        close(from[0]);
        while (read(to[0], &n, sizeof n) == sizeof n) {
            n = n * 2 + 1;
            write(from[1], &n, sizeof n);
        }
        _exit(0);
    }
    close(to[0]);
    close(from[1]);
    int n = 0;
    for (int i = 0; i < 20; i++) {
        write(to[1], &n, sizeof n);
        read(from[0], &n, sizeof n);
    }
    printf("%d\n", n);
    close(to[1]);
    reap("echo", pid);

    pipe(to);
    pid = fork();
    if (pid == 0) {
        close(to[0]);
        char block[1000];
        for (int i = 0; i < 500; i++) {
            memset(block, 'a' + i % 26, sizeof block);
            for (size_t done = 0; done < sizeof block;)
                done += (size_t)write(to[1], block + done, sizeof block - done);
        }
        _exit(0);
    }
    close(to[1]);
    unsigned long sum = 0, count = 0;
    char block[777];
    long got;
    while ((got = read(to[0], block, sizeof block)) > 0) {
        for (long i = 0; i < got; i++)
            sum += (unsigned char)block[i] * (count++ % 7 + 1);
    }
    printf("%lu bytes, %lu\n", count, sum);
    reap("writer", pid);
    return 0;
}
