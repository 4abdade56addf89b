/* err.h. */
#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern char *program_invocation_short_name;

static void report(const char *format, va_list arguments, const char *why)
{
    fprintf(stderr, "%s: ", program_invocation_short_name != NULL ? program_invocation_short_name : "");
    if (format != NULL)
        vfprintf(stderr, format, arguments);
    if (why != NULL)
        fprintf(stderr, "%s%s", format != NULL ? ": " : "", why);
    putc('\n', stderr);
}

void vwarn(const char *format, va_list arguments) { report(format, arguments, strerror(errno)); }
void vwarnx(const char *format, va_list arguments) { report(format, arguments, NULL); }

_Noreturn void verr(int status, const char *format, va_list arguments)
{
    vwarn(format, arguments);
    exit(status);
}

_Noreturn void verrx(int status, const char *format, va_list arguments)
{
    vwarnx(format, arguments);
    exit(status);
}

#define WITH(call) \
    va_list arguments; \
    va_start(arguments, format); \
    call; \
    va_end(arguments)

void warn(const char *format, ...) { WITH(vwarn(format, arguments)); }
void warnx(const char *format, ...) { WITH(vwarnx(format, arguments)); }
_Noreturn void err(int status, const char *format, ...) { WITH(verr(status, format, arguments)); }
_Noreturn void errx(int status, const char *format, ...) { WITH(verrx(status, format, arguments)); }
