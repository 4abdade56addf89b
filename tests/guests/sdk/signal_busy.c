// Signals come to a program that computes and calls nothing, and to the parent of a child that ends meanwhile.
//
// expect: exit=0
// compare: native
#include <sys/time.h>
#include "sdk.h"

static volatile sig_atomic_t alarms, children;
static void ring(int signal) { (void)signal; alarms++; }
static void ended(int signal) { (void)signal; children++; }

int main(void)
{
    struct itimerval timer = { { 0, 10000 }, { 0, 10000 } };
    action(SIGALRM, ring, 0);
    setitimer(ITIMER_REAL, &timer, NULL);
    while (alarms < 3) { }
    memset(&timer, 0, sizeof timer);
    setitimer(ITIMER_REAL, &timer, NULL);
    printf("alarms\n");
    fflush(stdout);

    action(SIGCHLD, ended, SA_RESTART);
    pid_t pid = fork();
    if (pid == 0)
        _exit(4);
    while (children == 0) { }
    reap("child", pid);

    pid = fork();
    if (pid == 0)
        for (;;) { }
    kill(pid, SIGTERM);
    reap("spinning child", pid);
    return 0;
}
