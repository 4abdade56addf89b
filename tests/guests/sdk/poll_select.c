// poll and select: pipes, ends, times, masks.
//
// expect: exit=0
// compare: native
#include <poll.h>
#include <sys/select.h>
#include "sdk.h"

static volatile sig_atomic_t count;
static void counting(int signal) { (void)signal; count++; }

static void show(const char *what, int result, struct pollfd *p, int n)
{
    printf("%s: %d", what, result);
    for (int i = 0; i < n; i++)
        printf(" [%s%s%s%s%s]", p[i].revents & POLLIN ? "in " : "", p[i].revents & POLLOUT ? "out " : "", p[i].revents & POLLHUP ? "hup " : "",
            p[i].revents & POLLERR ? "err " : "", p[i].revents & POLLNVAL ? "nval " : "");
    printf("\n");
}

int main(void)
{
    int a[2];
    pipe(a);
    struct pollfd p[3] = { { a[0], POLLIN, 0 }, { a[1], POLLOUT, 0 }, { -1, POLLIN, 0 } };
    show("empty", poll(p, 3, 0), p, 3);
    show("time", poll(p, 1, 20), p, 1);
    write(a[1], "x", 1);
    show("full", poll(p, 2, -1), p, 2);
    close(a[1]);
    show("closed", poll(p, 2, -1), p, 2);
    char c;
    read(a[0], &c, 1);
    show("empty and closed", poll(p, 1, -1), p, 1);
    close(a[0]);
    pipe(a);
    close(a[0]);
    p[0] = (struct pollfd) { a[1], POLLOUT, 0 };
    show("nobody reads", poll(p, 1, -1), p, 1);
    int file = open("/dev/null", O_RDWR);
    p[0] = (struct pollfd) { file, POLLIN | POLLOUT, 0 };
    show("null", poll(p, 1, -1), p, 1);

    pipe(a);
    fd_set r, w;
    FD_ZERO(&r);
    FD_ZERO(&w);
    FD_SET(a[0], &r);
    FD_SET(a[1], &w);
    int top = (a[0] > a[1] ? a[0] : a[1]) + 1;
    printf("select: %d", select(top, &r, &w, NULL, NULL));
    printf(" %d %d\n", FD_ISSET(a[0], &r) != 0, FD_ISSET(a[1], &w) != 0);
    struct timeval time = { 0, 20000 };
    FD_ZERO(&r);
    FD_SET(a[0], &r);
    say(select(top, &r, NULL, NULL, &time));
    printf("%d left %d\n", FD_ISSET(a[0], &r) != 0, (int)time.tv_usec);
    FD_ZERO(&r);
    FD_SET(77, &r);
    say(select(78, &r, NULL, NULL, NULL));

    sigset_t block, none;
    sigemptyset(&block);
    sigemptyset(&none);
    sigaddset(&block, SIGUSR1);
    sigprocmask(SIG_BLOCK, &block, NULL);
    action(SIGUSR1, counting, SA_RESTART);
    raise(SIGUSR1);
    p[0] = (struct pollfd) { a[0], POLLIN, 0 };
    struct timespec soon = { 0, 10000000 };
    say(ppoll(p, 1, &soon, NULL));
    printf("%d\n", (int)count);
    say(ppoll(p, 1, NULL, &none));
    printf("%d\n", (int)count);
    raise(SIGUSR1);
    say(pselect(0, NULL, NULL, NULL, NULL, &none));
    printf("%d\n", (int)count);
    return 0;
}
