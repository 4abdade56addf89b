// Does what nobody wants in their box, until it is ended. Its argument says what; it says "ready" once it does.
//
// expect: exit=0
// compare: native
#include <sys/time.h>
#include "sdk.h"

static void ready(void)
{
    (void)!write(1, "ready\n", 6);
}

static void spin(void)
{
    for (;;) { }
}

static void spin_in_handler(int signal)
{
    (void)signal;
    ready();
    spin();
}

// Every one of them forks as often as it can.
static void bomb(void)
{
    int told = 0;
    for (;;)
        if (fork() < 0 && errno == EAGAIN && !told) {
            told = 1;
            ready();
        }
}

// The same of children that end at once and of which nobody hears.
static void zombies(void)
{
    ready();
    for (;;)
        if (fork() == 0)
            _exit(0);
}

static void full_pipe(void)
{
    static char page[4096];
    int fds[2];
    pipe(fds);
    fcntl(fds[1], F_SETFL, O_NONBLOCK);
    while (write(fds[1], page, sizeof page) > 0) { }
    fcntl(fds[1], F_SETFL, 0);
    fork();
    ready();
    for (;;)
        write(fds[1], page, sizeof page);
}

static void handler(void)
{
    action(SIGUSR1, spin_in_handler, 0);
    kill(getpid(), SIGUSR1);
}

static void again(int signal)
{
    static int count;
    if (++count == 100)
        ready();
    kill(getpid(), signal);
}

// A handler whose signal comes again before it has returned.
static void nested(void)
{
    action(SIGUSR1, again, SA_NODEFER);
    kill(getpid(), SIGUSR1);
}

// A handler that is never done: its signal is there again whenever it returns.
static void endless(void)
{
    action(SIGUSR1, again, 0);
    kill(getpid(), SIGUSR1);
}

static void spinners(void)
{
    for (int i = 0; i < 7; i++)
        if (fork() == 0)
            spin();
    ready();
    spin();
}

static void deaf(void)
{
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, NULL);
    for (int i = 1; i < 32; i++)
        signal(i, SIG_IGN);
    setsid();
    if (fork() == 0) {
        setsid();
        if (fork() == 0)
            ready();
    }
    for (;;)
        pause();
}

static void at_exit(void)
{
    atexit(ready);
    atexit(spin);
    atexit(ready);
    exit(0);
}

static void readers(int count)
{
    int fds[2];
    pipe(fds);
    for (int i = 0; i < count; i++) {
        pid_t pid = fork();
        if (pid < 0) {
            printf("%d readers: %s\n", i, error_name(errno));
            exit(1);
        }
        if (pid == 0) {
            char c;
            read(fds[0], &c, 1);
            _exit(1);
        }
    }
    ready();
    char c;
    read(fds[0], &c, 1);
}

static void many_readers(void) { readers(500); }

int main(int argc, char **argv)
{
    static const struct { const char *name; void (*go)(void); } deeds[] = {
        { "bomb", bomb }, { "zombies", zombies }, { "full-pipe", full_pipe }, { "handler", handler }, { "nested", nested },
        { "endless", endless }, { "spinners", spinners }, { "deaf", deaf }, { "at-exit", at_exit }, { "readers", many_readers },
    };
    for (size_t i = 0; i < sizeof deeds / sizeof *deeds; i++) {
        if (argc < 2)
            printf("%s\n", deeds[i].name);
        else if (strcmp(argv[1], deeds[i].name) == 0)
            deeds[i].go();
    }
    return 0;
}
