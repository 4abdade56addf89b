// Timers that a program makes for itself: what they raise, when, how often, and what becomes of them.
//
// expect: exit=0
// compare: native
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t count, last_code, last_value, last_overrun;

static void note(int signal, siginfo_t *info, void *context)
{
    (void)signal, (void)context;
    count++;
    last_code = info->si_code;
    last_value = info->si_value.sival_int;
    last_overrun = info->si_overrun;
}

static const char *is(int result, int expected)
{
    return result == 0 ? "success" : errno == expected ? "as expected" : strerror(errno);
}

static struct itimerspec every(long value_ms, long interval_ms)
{
    return (struct itimerspec) {
        .it_value = {value_ms / 1000, value_ms % 1000 * 1000000},
        .it_interval = {interval_ms / 1000, interval_ms % 1000 * 1000000},
    };
}

static timer_t make(clockid_t clock, int notify, int signal, int value)
{
    struct sigevent event = {.sigev_notify = notify, .sigev_signo = signal, .sigev_value.sival_int = value};
    timer_t timer;
    if (timer_create(clock, &event, &timer) != 0) {
        perror("timer_create");
        exit(1);
    }
    return timer;
}

static void wait_for(int least)
{
    sigset_t none;
    sigemptyset(&none);
    while (count < least) sigsuspend(&none);
}

int main(int argc, char **argv)
{
    if (argc > 1) {
        /* After an exec: the timer is gone. */
        timer_t timer = (timer_t)strtoul(argv[1], NULL, 10);
        struct itimerspec now;
        printf("after exec %s\n", is(timer_gettime(timer, &now), EINVAL));
        return 0;
    }
    struct sigaction action = {.sa_sigaction = note, .sa_flags = SA_SIGINFO};
    sigaction(SIGRTMIN + 1, &action, NULL);
    sigaction(SIGUSR1, &action, NULL);
    sigaction(SIGALRM, &action, NULL);
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, NULL);

    timer_t once = make(CLOCK_MONOTONIC, SIGEV_SIGNAL, SIGRTMIN + 1, 42);
    struct itimerspec setting = every(20, 0), left;
    printf("set %d\n", timer_settime(once, 0, &setting, &left));
    printf("was %ld %ld\n", (long)left.it_value.tv_sec, left.it_value.tv_nsec);
    timer_gettime(once, &left);
    printf("left %d\n", left.it_value.tv_sec == 0 && left.it_value.tv_nsec > 0 && left.it_value.tv_nsec <= 20000000);
    wait_for(1);
    timer_gettime(once, &left);
    printf("once %d %d %d %d, left %ld\n", (int)count, last_code == SI_TIMER, (int)last_value, (int)last_overrun, left.it_value.tv_nsec);

    count = 0;
    timer_t often = make(CLOCK_REALTIME, SIGEV_SIGNAL, SIGUSR1, 7);
    setting = every(5, 5);
    timer_settime(often, 0, &setting, NULL);
    wait_for(5);
    printf("often %d %d\n", count >= 5, (int)last_value);
    setting = every(0, 0);
    timer_settime(often, 0, &setting, &left);
    printf("stopped, interval was %ld\n", left.it_interval.tv_nsec);

    /* Blocked for many intervals: one signal, and the rest is told. */
    count = 0;
    setting = every(2, 2);
    timer_settime(once, 0, &setting, NULL);
    struct timespec pause = {0, 60000000};
    nanosleep(&pause, NULL);
    wait_for(1);
    int overrun = timer_getoverrun(once);
    printf("overrun %d %d\n", overrun >= 10, last_overrun >= 10);
    printf("deleted %d\n", timer_delete(once));
    timer_t none_such = (timer_t)1000;
    printf("none such %s\n", is(timer_gettime(none_such, &left), EINVAL));
    count = 0;
    nanosleep(&pause, NULL);
    sigset_t pending;
    sigpending(&pending);
    printf("silent %d\n", count);

    /* At a moment of the clock; one that is past is now. */
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    setting = (struct itimerspec) {.it_value = {now.tv_sec - 1, 0}};
    count = 0;
    timer_settime(often, TIMER_ABSTIME, &setting, NULL);
    wait_for(1);
    clock_gettime(CLOCK_REALTIME, &now);
    setting.it_value = (struct timespec) {now.tv_sec + 100, 0};
    timer_settime(often, TIMER_ABSTIME, &setting, NULL);
    timer_gettime(often, &left);
    printf("absolute %d, left %d\n", (int)count, left.it_value.tv_sec >= 98 && left.it_value.tv_sec <= 100);

    /* Nobody is told, but it runs. */
    timer_t silent = make(CLOCK_MONOTONIC, SIGEV_NONE, 0, 0);
    setting = every(10, 1000000);
    timer_settime(silent, 0, &setting, NULL);
    nanosleep(&pause, NULL);
    timer_gettime(silent, &left);
    printf("silent timer %d\n", left.it_value.tv_sec > 900);

    timer_t simple;
    printf("default %d\n", timer_create(CLOCK_MONOTONIC, NULL, &simple));
    count = 0;
    setting = every(1, 0);
    timer_settime(simple, 0, &setting, NULL);
    wait_for(1);

    /* CPU time passes only by computing. */
    timer_t busy = make(CLOCK_PROCESS_CPUTIME_ID, SIGEV_SIGNAL, SIGUSR1, 9);
    count = 0;
    setting = every(20, 0);
    timer_settime(busy, 0, &setting, NULL);
    nanosleep(&pause, NULL);
    sigset_t none;
    sigemptyset(&none);
    sigpending(&pending);
    printf("idle %d\n", sigismember(&pending, SIGUSR1));
    sigprocmask(SIG_SETMASK, &none, NULL);
    while (count == 0) {
    }
    printf("busy %d\n", (int)last_value);
    sigprocmask(SIG_SETMASK, &all, NULL);

    struct sigevent wrong = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = 100};
    timer_t no;
    printf("no signal %s\n", is(timer_create(CLOCK_MONOTONIC, &wrong, &no), EINVAL));
    printf("no clock %s\n", is(timer_create((clockid_t)77, NULL, &no), EINVAL));
    setting.it_value.tv_nsec = 1000000000;
    printf("no time %s\n", is(timer_settime(busy, 0, &setting, NULL), EINVAL));
    fflush(stdout);

    pid_t child = fork();
    if (child == 0) {
        printf("in a child %s\n", is(timer_gettime(often, &left), EINVAL));
        fflush(stdout);
        _exit(0);
    }
    waitpid(child, NULL, 0);
    fflush(stdout);
    char text[24];
    snprintf(text, sizeof text, "%lu", (unsigned long)often);
    execl(argv[0], argv[0], text, (char *)NULL);
    perror("exec");
    return 1;
}
