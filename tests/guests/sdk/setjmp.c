// setjmp and longjmp: values, volatile locals, out of handlers, with and without the mask.
//
// expect: exit=0
// compare: native
#include <setjmp.h>
#include <sys/time.h>
#include "sdk.h"

static jmp_buf here;
static sigjmp_buf there;

static void deep(int n, int value)
{
    volatile char pad[100];
    pad[n] = (char)n;
    if (n == 0)
        longjmp(here, value);
    deep(n - 1, value);
    printf("never %d\n", pad[n]);
}

static void jumping(int signal) { siglongjmp(there, signal); }

static int blocked(int signal)
{
    sigset_t mask;
    sigprocmask(SIG_BLOCK, NULL, &mask);
    return sigismember(&mask, signal);
}

static int sum(int from)
{
    volatile int total = 0, i = from;
    if (setjmp(here) < 5)
        total += 100;
    total += i;
    if (i++ < 3)
        longjmp(here, i);
    return total;
}

int main(void)
{
    volatile int rounds = 0;
    int value = setjmp(here);
    printf("value %d, round %d\n", value, (int)rounds);
    if (rounds++ < 3)
        deep((int)rounds * 10, rounds == 2 ? 0 : (int)rounds * 7);
    printf("%d\n", sum(0));

    action(SIGUSR1, jumping, 0);
    value = sigsetjmp(there, 1);
    if (value == 0)
        raise(SIGUSR1);
    printf("out of the handler %d, blocked %d\n", value == SIGUSR1, blocked(SIGUSR1));
    value = sigsetjmp(there, 0);
    if (value == 0)
        raise(SIGUSR1);
    printf("out of the handler %d, blocked %d\n", value == SIGUSR1, blocked(SIGUSR1));
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);

    // Out of a handler that interrupted a blocked call.
    action(SIGALRM, jumping, SA_RESTART);
    int p[2];
    pipe(p);
    value = sigsetjmp(there, 1);
    if (value == 0) {
        struct itimerval timer = { { 0, 0 }, { 0, 20000 } };
        setitimer(ITIMER_REAL, &timer, NULL);
        char c;
        read(p[0], &c, 1);
        printf("never\n");
    }
    printf("out of read %d\n", value == SIGALRM);

    // In a child, to where its parent set it.
    fflush(stdout);
    value = setjmp(here);
    if (value == 0) {
        pid_t pid = fork();
        if (pid == 0)
            longjmp(here, 5);
        reap("child", pid);
    } else {
        exit(value);
    }
    return 0;
}
