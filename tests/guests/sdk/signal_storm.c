// Signals in great numbers that nobody merges, each awaited or queued: as many handlers run as signals were sent. Arguments: kind, processes, signals of each.
//
// expect: exit=0
// compare: native
#include <sys/time.h>
#include "sdk.h"

static volatile sig_atomic_t count, wrong;
static sigset_t none;

static void one(int signal)
{
    (void)signal;
    count++;
}

// What is queued comes in its order.
static void queued(int signal, siginfo_t *info, void *context)
{
    (void)signal; (void)context;
    wrong += info->si_value.sival_int != count;
    count++;
}

static void block(int signal)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, signal);
    sigprocmask(SIG_BLOCK, &set, NULL);
}

// Each tells its caller how many came, and is one process, with its children if it has any.

static long to_self(int signals)
{
    action(SIGUSR1, one, 0);
    for (int i = 0; i < signals; i++)
        kill(getpid(), SIGUSR1);
    return count;
}

// Parent and child in turn: the next one is sent when the last one was handled.
static long to_each_other(int signals)
{
    struct gate done = gate_make();
    int half = signals / 2;
    block(SIGUSR1);
    action(SIGUSR1, one, 0);
    pid_t pid = fork();
    pid_t other = pid == 0 ? getppid() : pid;
    for (int i = 0; i < half; i++) {
        if (pid != 0)
            kill(other, SIGUSR1);
        while (count == i)
            sigsuspend(&none);
        if (pid == 0)
            kill(other, SIGUSR1);
    }
    if (pid == 0) {
        int handled = count;
        write(done.fds[1], &handled, sizeof handled);
        _exit(0);
    }
    int handled = 0;
    read(done.fds[0], &handled, sizeof handled);
    waitpid(pid, NULL, 0);
    return count + handled;
}

// A child queues numbers; where the queue is full it lets the parent go on.
static long in_a_queue(int signals)
{
    struct sigaction a = { .sa_sigaction = queued, .sa_flags = SA_SIGINFO };
    block(SIGRTMIN);
    sigaction(SIGRTMIN, &a, NULL);
    pid_t parent = getpid();
    pid_t pid = fork();
    if (pid == 0) {
        for (int i = 0; i < signals; i++)
            while (sigqueue(parent, SIGRTMIN, (union sigval) { .sival_int = i }) < 0 && errno == EAGAIN)
                usleep(100);
        _exit(0);
    }
    while (count < signals)
        sigsuspend(&none);
    waitpid(pid, NULL, 0);
    return count;
}

static long of_timers(int signals)
{
    struct itimerval soon = { .it_value.tv_usec = 1 };
    block(SIGALRM);
    action(SIGALRM, one, 0);
    for (int i = 0; i < signals; i++) {
        setitimer(ITIMER_REAL, &soon, NULL);
        while (count == i)
            sigsuspend(&none);
    }
    return count;
}

static volatile sig_atomic_t reaped;

static void reap_all(int signal)
{
    (void)signal;
    count++;
    while (waitpid(-1, NULL, WNOHANG) > 0)
        reaped++;
}

static long of_children(int signals)
{
    block(SIGCHLD);
    action(SIGCHLD, reap_all, 0);
    for (int i = 0; i < signals; i++) {
        if (fork() == 0)
            _exit(0);
        while (reaped == i)
            sigsuspend(&none);
    }
    wrong += reaped != signals;
    return count;
}

// A child that is stopped and continued tells its parent both times.
static long of_stops(int signals)
{
    block(SIGCHLD);
    action(SIGCHLD, one, 0);
    pid_t pid = fork();
    if (pid == 0)
        for (;;)
            pause();
    for (int i = 0; i < signals; i++) {
        int status = 0;
        kill(pid, i % 2 == 0 ? SIGSTOP : SIGCONT);
        while (count == i)
            sigsuspend(&none);
        wrong += waitpid(pid, &status, WUNTRACED | WCONTINUED) != pid || (i % 2 == 0 ? !WIFSTOPPED(status) : !WIFCONTINUED(status));
    }
    action(SIGCHLD, SIG_DFL, 0);
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
    return count;
}

static const struct { const char *name; long (*go)(int); int processes, signals; } kinds[] = {
    { "self", to_self, 4, 1000 }, { "pair", to_each_other, 4, 1000 }, { "queue", in_a_queue, 4, 3000 },
    { "alarm", of_timers, 4, 100 }, { "child", of_children, 4, 50 }, { "stop", of_stops, 4, 100 },
};

static void storm(int kind, int processes, int signals)
{
    struct gate told = gate_make();
    long all = 0, missed = 0;
    for (int i = 0; i < processes; i++) {
        pid_t pid = fork();
        if (pid < 0) {
            printf("%s: no process: %s\n", kinds[kind].name, error_name(errno));
            exit(1);
        }
        if (pid == 0) {
            long came[2] = { kinds[kind].go(signals), wrong };
            write(told.fds[1], came, sizeof came);
            _exit(0);
        }
    }
    for (int i = 0; i < processes; i++) {
        long came[2] = { 0, 0 };
        read(told.fds[0], came, sizeof came);
        all += came[0];
        missed += came[1];
    }
    while (wait(NULL) > 0) { }
    printf("%s: %ld sent, %ld handled, %ld wrong\n", kinds[kind].name, (long)processes * signals, all, missed);
    fflush(stdout);
    close(told.fds[0]);
    close(told.fds[1]);
}

int main(int argc, char **argv)
{
    sigemptyset(&none);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (argc < 4)
            storm(i, kinds[i].processes, kinds[i].signals);
        else if (strcmp(argv[1], kinds[i].name) == 0)
            storm(i, atoi(argv[2]), atoi(argv[3]));
    return 0;
}
