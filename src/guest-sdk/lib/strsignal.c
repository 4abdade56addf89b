/* What signals are called. */
#include "internal.h"
#include <stdio.h>
#include <stdlib.h>

static const struct {
    const char *name, *text;
} names[] = {
    { NULL, "Unknown signal" }, { "HUP", "Hangup" }, { "INT", "Interrupt" }, { "QUIT", "Quit" }, { "ILL", "Illegal instruction" },
    { "TRAP", "Trace/breakpoint trap" }, { "ABRT", "Aborted" }, { "BUS", "Bus error" }, { "FPE", "Floating point exception" },
    { "KILL", "Killed" }, { "USR1", "User defined signal 1" }, { "SEGV", "Segmentation fault" }, { "USR2", "User defined signal 2" },
    { "PIPE", "Broken pipe" }, { "ALRM", "Alarm clock" }, { "TERM", "Terminated" }, { "STKFLT", "Stack fault" },
    { "CHLD", "Child exited" }, { "CONT", "Continued" }, { "STOP", "Stopped (signal)" }, { "TSTP", "Stopped" },
    { "TTIN", "Stopped (tty input)" }, { "TTOU", "Stopped (tty output)" }, { "URG", "Urgent I/O condition" },
    { "XCPU", "CPU time limit exceeded" }, { "XFSZ", "File size limit exceeded" }, { "VTALRM", "Virtual timer expired" },
    { "PROF", "Profiling timer expired" }, { "WINCH", "Window changed" }, { "POLL", "I/O possible" }, { "PWR", "Power failure" },
    { "SYS", "Bad system call" },
};

#define NAMES ((int)(sizeof names / sizeof *names))

char *strsignal(int signal)
{
    static char text[32];
    if (signal > 0 && signal < NAMES)
        return (char *)names[signal].text;
    if (signal >= 34 && signal < _NSIG)
        snprintf(text, sizeof text, "Real-time signal %d", signal - 34);
    else
        snprintf(text, sizeof text, "Unknown signal %d", signal);
    return text;
}

void psignal(int signal, const char *message)
{
    int saved = errno;
    fprintf(stderr, "%s%s%s\n", message ? message : "", message && *message ? ": " : "", strsignal(signal));
    errno = saved;
}

void psiginfo(const siginfo_t *info, const char *message) { psignal(info->si_signo, message); }

int sig2str(int signal, char *name)
{
    if (signal <= 0 || signal >= NAMES)
        return -1;
    strcpy(name, names[signal].name);
    return 0;
}

int str2sig(const char *name, int *signal)
{
    for (int i = 1; i < NAMES; i++) {
        if (strcmp(names[i].name, name) == 0) {
            *signal = i;
            return 0;
        }
    }
    return -1;
}
