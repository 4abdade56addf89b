// What the guests of this folder share. They print what comes out; on Linux the same program prints what should.
#ifndef SDK_H
#define SDK_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

// C libraries have different words for errors, so their names are printed.
static inline const char *error_name(int error)
{
#define NAME(e) if (error == e) return #e
    NAME(0); NAME(EPERM); NAME(ENOENT); NAME(ESRCH); NAME(EINTR); NAME(EIO); NAME(ENXIO); NAME(E2BIG); NAME(ENOEXEC); NAME(EBADF);
    NAME(ECHILD); NAME(EAGAIN); NAME(ENOMEM); NAME(EACCES); NAME(EFAULT); NAME(EBUSY); NAME(EEXIST); NAME(EXDEV); NAME(ENODEV);
    NAME(ENOTDIR); NAME(EISDIR); NAME(EINVAL); NAME(ENFILE); NAME(EMFILE); NAME(ENOTTY); NAME(ETXTBSY); NAME(EFBIG); NAME(ENOSPC);
    NAME(ESPIPE); NAME(EROFS); NAME(EMLINK); NAME(EPIPE); NAME(EDOM); NAME(ERANGE); NAME(EDEADLK); NAME(ENAMETOOLONG); NAME(ENOLCK);
    NAME(ENOSYS); NAME(ENOTEMPTY); NAME(ELOOP); NAME(ENOTSUP); NAME(EOVERFLOW);
#undef NAME
    return "another error";
}

// say(call): prints the call and its value, or the name of its error when the value is -1.
#define say(call) said(#call, (long)(call))
static inline long said(const char *text, long value)
{
    int error = errno;
    if (value == -1)
        printf("%s: %s\n", text, error_name(error));
    else
        printf("%s = %ld\n", text, value);
    fflush(stdout);
    errno = error;
    return value;
}

// truth(x): prints whether it holds; for what differs from run to run.
#define truth(what) (printf("%s: %s\n", #what, (what) ? "yes" : "NO"), fflush(stdout))

static inline void print_status(const char *who, int status)
{
    if (WIFEXITED(status))
        printf("%s: exited %d\n", who, WEXITSTATUS(status));
    else if (WIFSIGNALED(status))
        printf("%s: killed by %d\n", who, WTERMSIG(status));
    else if (WIFSTOPPED(status))
        printf("%s: stopped by %d\n", who, WSTOPSIG(status));
    else if (WIFCONTINUED(status))
        printf("%s: continued\n", who);
    fflush(stdout);
}

static inline void reap(const char *who, pid_t pid)
{
    int status = 0;
    if (pid < 0)
        printf("%s: no child: %s\n", who, error_name(errno));
    else if (waitpid(pid, &status, 0) == pid)
        print_status(who, status);
    else
        printf("%s: %s\n", who, error_name(errno));
}

// A directory of the guest's own, and it is the working directory; gone at the end.
static char scratch_path[64];
static pid_t scratch_owner;
static inline int scratch_each(const char *path, const struct stat *found, int type, struct FTW *where)
{
    (void)found; (void)type; (void)where;
    return remove(path);
}

static inline void scratch_remove(void)
{
    if (scratch_owner == getpid() && chdir("/") == 0)
        nftw(scratch_path, scratch_each, 16, FTW_DEPTH | FTW_PHYS);
}

static inline void scratch(void)
{
    strcpy(scratch_path, "/tmp/sdkXXXXXX");
    if (mkdtemp(scratch_path) == NULL || chdir(scratch_path) < 0) {
        printf("no scratch directory: %s\n", error_name(errno));
        exit(1);
    }
    scratch_owner = getpid();
    umask(022);
    atexit(scratch_remove);
}

// Two processes in turn: a byte through a pipe says go.
struct gate { int fds[2]; };
static inline struct gate gate_make(void) { struct gate g; if (pipe(g.fds) < 0) exit(1); return g; }
static inline void gate_open(struct gate g) { if (write(g.fds[1], "x", 1) != 1) exit(1); }
static inline void gate_wait(struct gate g) { char c; while (read(g.fds[0], &c, 1) < 0 && errno == EINTR) { } }

static inline int action(int signal, void (*handler)(int), int flags)
{
    struct sigaction a;
    memset(&a, 0, sizeof a);
    a.sa_handler = handler;
    a.sa_flags = flags;
    return sigaction(signal, &a, NULL);
}

#endif
