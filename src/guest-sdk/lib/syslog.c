/* syslog: to standard error, one line each. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <syslog.h>
#include <unistd.h>

extern char *program_invocation_short_name;
static const char *identity;
static int options, mask = 0xff;

void openlog(const char *name, int wanted, int facility)
{
    (void)facility;
    identity = name;
    options = wanted;
}

void closelog(void) { }

int setlogmask(int next)
{
    int old = mask;
    if (next != 0)
        mask = next;
    return old;
}

void vsyslog(int priority, const char *format, va_list arguments)
{
    int saved = errno;
    if (!(mask & LOG_MASK(LOG_PRI(priority))))
        return;
    fprintf(stderr, "%s", identity != NULL ? identity : program_invocation_short_name != NULL ? program_invocation_short_name : "");
    if (options & LOG_PID)
        fprintf(stderr, "[%d]", (int)getpid());
    fputs(": ", stderr);
    /* %m is syslog's own, and this C library's printf knows it. */
    errno = saved;
    vfprintf(stderr, format, arguments);
    if (*format == '\0' || format[strlen(format) - 1] != '\n')
        putc('\n', stderr);
    errno = saved;
}

void syslog(int priority, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsyslog(priority, format, arguments);
    va_end(arguments);
}
