// alarm, setitimer, and sleeping through them.
//
// expect: exit=0
// compare: native
#include <sys/time.h>
#include "sdk.h"

static volatile sig_atomic_t count;
static void counting(int signal) { (void)signal; count++; }

int main(void)
{
    action(SIGALRM, counting, 0);
    say(alarm(100));
    say(alarm(50) > 98);
    say(alarm(0) > 48);
    say(alarm(0));

    struct itimerval timer = { { 0, 0 }, { 0, 30000 } }, old;
    say(setitimer(ITIMER_REAL, &timer, NULL));
    say(pause());
    printf("%d\n", (int)count);
    getitimer(ITIMER_REAL, &old);
    printf("over: %d %d\n", (int)old.it_value.tv_sec, (int)old.it_value.tv_usec);

    timer.it_interval.tv_usec = 10000;
    timer.it_value.tv_usec = 10000;
    setitimer(ITIMER_REAL, &timer, NULL);
    count = 0;
    while (count < 5)
        pause();
    timer.it_value.tv_usec = 0;
    say(setitimer(ITIMER_REAL, &timer, &old));
    printf("interval was %d\n", (int)old.it_interval.tv_usec);
    timer.it_value.tv_usec = 1000000;
    say(setitimer(ITIMER_REAL, &timer, NULL));
    say(setitimer(77, &old, NULL));

    timer.it_interval.tv_usec = 0;
    timer.it_value.tv_usec = 30000;
    setitimer(ITIMER_REAL, &timer, NULL);
    say(sleep(100) >= 99);

    // fork does not take a timer along, exec does.
    alarm(100);
    pid_t pid = fork();
    if (pid == 0)
        _exit((int)alarm(0));
    reap("left of the alarm in a child", pid);
    return 0;
}
