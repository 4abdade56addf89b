// posix_spawn: its actions in order, its attributes, its errors.
//
// expect: exit=0
// compare: native
#include <spawn.h>
#include <unistd.h>
#include "sdk.h"

int main(int argc, char **argv)
{
    if (argc > 1) {
        sigset_t mask;
        char buffer[32] = "";
        struct sigaction a;
        sigprocmask(SIG_BLOCK, NULL, &mask);
        sigaction(SIGTERM, NULL, &a);
        read(0, buffer, sizeof buffer - 1);
        printf("%s: input [%s], USR1 blocked %d, TERM default %d, leader %d, 9 is open %d\n", argv[1], buffer, sigismember(&mask, SIGUSR1),
            a.sa_handler == SIG_DFL, getpgrp() == getpid(), fcntl(9, F_GETFD) != -1);
        return 5;
    }
    scratch();
    int fd = open("input", O_RDWR | O_CREAT, 0644);
    write(fd, "text", 4);
    dup2(fd, 9);
    signal(SIGTERM, SIG_IGN);

    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    posix_spawn_file_actions_addopen(&actions, 0, "input", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 7, "output", O_WRONLY | O_CREAT, 0644);
    posix_spawn_file_actions_adddup2(&actions, 7, 1);
    posix_spawn_file_actions_addclose(&actions, 9);
    sigset_t mask, defaults;
    sigemptyset(&mask);
    sigaddset(&mask, SIGUSR1);
    sigemptyset(&defaults);
    sigaddset(&defaults, SIGTERM);
    posix_spawnattr_setsigmask(&attributes, &mask);
    posix_spawnattr_setsigdefault(&attributes, &defaults);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
    char *args[] = { argv[0], "spawned", NULL };
    pid_t pid;
    say(posix_spawn(&pid, argv[0], &actions, &attributes, args, environ));
    reap("spawned", pid);
    char buffer[256] = "";
    int out = open("output", O_RDONLY);
    read(out, buffer, sizeof buffer - 1);
    fputs(buffer, stdout);
    fflush(stdout);

    args[1] = "plain";
    int null = open("/dev/null", O_RDONLY);
    dup2(null, 0);
    // Both write to the same output, so nothing is said before the child is done.
    int error = posix_spawn(&pid, argv[0], NULL, NULL, args, environ);
    reap("plain", pid);
    printf("%s\n", error_name(error));
    printf("%s\n", error_name(posix_spawn(&pid, "nothing", NULL, NULL, args, environ)));
    printf("%s\n", error_name(posix_spawnp(&pid, "surely-no-such-program", NULL, NULL, args, environ)));
    say(wait(NULL));
    return 0;
}
