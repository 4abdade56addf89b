// Goes up to one bound of its box and beyond it, again and again, gives something back, and goes on. Its argument says which.
//
// expect: exit=0
// compare: native
#include <spawn.h>
#include "sdk.h"

enum { ATTEMPTS = 100, MOST = 4096 };

extern char **environ;
static int taken[MOST][2];

// What a call beyond the bound says: the same each time.
static void beyond(int (*take)(int), int from)
{
    int count = from;
    while (count < MOST && take(count) == 0)
        count++;
    int error = errno;
    printf("%d, then %s\n", count, count == MOST ? "no bound" : error_name(error));
    for (int i = 0; i < ATTEMPTS; i++)
        if (take(count) == 0 || errno != error) {
            printf("then something else: %s\n", error_name(errno));
            exit(1);
        }
    fflush(stdout);
}

static struct gate gate;

static int take_process(int index)
{
    pid_t pid = fork();
    if (pid == 0) {
        gate_wait(gate);
        _exit(0);
    }
    taken[index][0] = pid;
    return pid < 0 ? -1 : 0;
}

static void processes(void)
{
    gate = gate_make();
    beyond(take_process, 1);
    gate_open(gate);
    say(wait(NULL) > 0);
    say(take_process(0));
    close(gate.fds[1]);
    for (int i = 0; i < MOST; i++)
        if (taken[i][0] > 0)
            kill(taken[i][0], SIGKILL);
    while (wait(NULL) > 0) { }
    say(system("exit 3") >> 8);
}

static int take_signal(int index)
{
    return sigqueue(getpid(), 40, (union sigval) { .sival_int = index });
}

static void signals(void)
{
    sigset_t set;
    siginfo_t info;
    sigemptyset(&set);
    sigaddset(&set, 40);
    sigaddset(&set, SIGUSR1);
    sigprocmask(SIG_BLOCK, &set, NULL);
    beyond(take_signal, 0);
    say(kill(getpid(), SIGUSR1));
    say(sigwaitinfo(&set, &info));
    say(sigwaitinfo(&set, &info));
    say(info.si_value.sival_int);
    say(take_signal(77));
}

static int take_pipe(int index)
{
    return pipe(taken[index]);
}

static void pipes(void)
{
    beyond(take_pipe, 0);
    close(taken[0][0]);
    say(take_pipe(1));
    close(taken[0][1]);
    say(take_pipe(0));
    say(write(taken[0][1], "ab", 2));
}

static int take_page(int index)
{
    static char page[4096];
    (void)index;
    return write(taken[0][1], page, sizeof page) == sizeof page ? 0 : -1;
}

static void pipe_bytes(void)
{
    char page[4096];
    pipe2(taken[0], O_NONBLOCK);
    beyond(take_page, 0);
    say(fcntl(taken[0][1], F_GETPIPE_SZ));
    say(fcntl(taken[0][1], F_SETPIPE_SZ, 32768));
    say(read(taken[0][0], page, sizeof page));
    say(take_page(0));
    say(take_page(0));
}

static int take_program(int index)
{
    char *arguments[] = { "busybox", "true", NULL };
    (void)index;
    return execv("/bin/busybox", arguments);
}

static void programs(void)
{
    char *arguments[] = { "reach", NULL };
    pid_t pid;
    beyond(take_program, 0);
    arguments[0] = "busybox";
    say((errno = posix_spawn(&pid, "/bin/busybox", NULL, NULL, arguments, environ)) == ENOMEM);
    arguments[0] = "reach";
    fflush(stdout);
    execv("/bin/reach", arguments);
    printf("not the small one either: %s\n", error_name(errno));
}

int main(int argc, char **argv)
{
    static const struct { const char *name; void (*go)(void); } bounds[] = {
        { "processes", processes }, { "signals", signals }, { "pipes", pipes }, { "pipe-bytes", pipe_bytes },
        { "programs", programs },
    };
    for (size_t i = 0; i < sizeof bounds / sizeof *bounds; i++) {
        if (argc < 2)
            printf("%s\n", bounds[i].name);
        else if (strcmp(argv[1], bounds[i].name) == 0)
            bounds[i].go();
    }
    return 0;
}
