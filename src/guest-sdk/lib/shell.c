/* system, popen and pclose: the shell, by posix_spawn, so that they are not instrumented for fork. */
#include "internal.h"
#include <paths.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static int wait_for(pid_t pid)
{
    int status;
    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR)
            return -1;
    return status;
}

int system(const char *command)
{
    if (command == NULL)
        return access(_PATH_BSHELL, X_OK) == 0;
    struct sigaction ignore = { 0 }, interrupt, quit;
    sigset_t child, before, reset;
    ignore.sa_handler = SIG_IGN;
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    sigaction(SIGINT, &ignore, &interrupt);
    sigaction(SIGQUIT, &ignore, &quit);
    sigprocmask(SIG_BLOCK, &child, &before);

    sigemptyset(&reset);
    if (interrupt.sa_handler != SIG_IGN)
        sigaddset(&reset, SIGINT);
    if (quit.sa_handler != SIG_IGN)
        sigaddset(&reset, SIGQUIT);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigmask(&attributes, &before);
    posix_spawnattr_setsigdefault(&attributes, &reset);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    char *argv[] = { "sh", "-c", (char *)command, NULL };
    pid_t pid;
    int error = posix_spawn(&pid, _PATH_BSHELL, NULL, &attributes, argv, environ);
    int status = error == 0 ? wait_for(pid) : W_EXITCODE(127, 0);

    int saved = errno;
    sigaction(SIGINT, &interrupt, NULL);
    sigaction(SIGQUIT, &quit, NULL);
    sigprocmask(SIG_SETMASK, &before, NULL);
    errno = saved;
    return status;
}

struct child {
    struct child *next;
    FILE *file;
    pid_t pid;
};

static struct child *children;

FILE *popen(const char *command, const char *mode)
{
    bool reading = *mode == 'r';
    int fds[2];
    if (*mode != 'r' && *mode != 'w') {
        errno = EINVAL;
        return NULL;
    }
    if (pipe2(fds, O_CLOEXEC) < 0)
        return NULL;
    int ours = fds[!reading], theirs = fds[reading];
    struct child *child = malloc(sizeof *child);
    FILE *file = fdopen(ours, reading ? "r" : "w");
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    /* dup2 of a descriptor to itself clears CLOEXEC, says POSIX of these. */
    int error = child == NULL || file == NULL ? ENOMEM : posix_spawn_file_actions_adddup2(&actions, theirs, reading ? 1 : 0);
    for (struct child *other = children; error == 0 && other != NULL; other = other->next)
        error = posix_spawn_file_actions_addclose(&actions, fileno(other->file));
    if (error == 0) {
        char *argv[] = { "sh", "-c", (char *)command, NULL };
        error = posix_spawn(&child->pid, _PATH_BSHELL, &actions, NULL, argv, environ);
    }
    posix_spawn_file_actions_destroy(&actions);
    close(theirs);
    if (error == 0) {
        if (!strchr(mode, 'e'))
            fcntl(ours, F_SETFD, 0);
        child->file = file;
        child->next = children;
        children = child;
        return file;
    }
    free(child);
    if (file != NULL)
        fclose(file);
    else
        close(ours);
    errno = error;
    return NULL;
}

int pclose(FILE *file)
{
    for (struct child **link = &children; *link != NULL; link = &(*link)->next) {
        struct child *child = *link;
        if (child->file != file)
            continue;
        *link = child->next;
        pid_t pid = child->pid;
        free(child);
        fclose(file);
        return wait_for(pid);
    }
    return fail(ECHILD);
}
