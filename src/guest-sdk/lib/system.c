/* Names, numbers and names of the system. */
#include "internal.h"
#include <stdarg.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/sysinfo.h>
#include <sys/time.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

int uname(struct utsname *name)
{
    static const char *const plain[] = { "wasi", "(none)", "0.0.0", "0.0.0", "wasm32", "(none)" };
    char *const fields[] = { name->sysname, name->nodename, name->release, name->version, name->machine, (char *)name + 5 * 65 };
    uint8_t reply[6 * 69];
    size_t length = 0, at = 0;
    REQUEST(r, MARCOTTE_OP_UNAME, 4);
    int error = marcotte_send(&r, reply, sizeof reply, &length);
    for (int i = 0; i < 6; i++) {
        if (error != 0) {
            strcpy(fields[i], plain[i]);
            continue;
        }
        size_t one = at + 4 <= length ? get32(reply + at) : 0;
        if (one > length - at - 4)
            one = 0;
        size_t kept = one < 64 ? one : 64;
        memcpy(fields[i], reply + at + 4, kept);
        fields[i][kept] = '\0';
        at += 4 + one;
    }
    return 0;
}

int gethostname(char *buffer, size_t room)
{
    struct utsname name;
    uname(&name);
    size_t length = strlen(name.nodename);
    if (length >= room) {
        memcpy(buffer, name.nodename, room);
        return fail(ENAMETOOLONG);
    }
    memcpy(buffer, name.nodename, length + 1);
    return 0;
}

static int rename_host(uint32_t kind, const char *name, size_t length)
{
    REQUEST(r, MARCOTTE_OP_SETHOSTNAME, 80);
    if (length > 64)
        return fail(EINVAL);
    put32(&r, kind);
    put32(&r, (uint32_t)length);
    marcotte_put(&r, name, length);
    return marcotte_do(&r, NULL, 0);
}

int sethostname(const char *name, size_t length) { return rename_host(0, name, length); }
int setdomainname(const char *name, size_t length) { return rename_host(1, name, length); }

int prctl(int option, ...)
{
    va_list arguments;
    va_start(arguments, option);
    unsigned long argument = va_arg(arguments, unsigned long);
    va_end(arguments);
    char *name = (char *)argument;
    switch (option) {
    case PR_SET_NAME: {
        REQUEST(r, MARCOTTE_OP_SETNAME, 64);
        size_t length = strnlen(name, 15);
        put32(&r, (uint32_t)length);
        marcotte_put(&r, name, length);
        return marcotte_do(&r, NULL, 0);
    }
    case PR_GET_NAME: {
        uint8_t reply[4 + 16] = { 0 };
        REQUEST(r, MARCOTTE_OP_GETNAME, 4);
        int error = marcotte_send(&r, reply, sizeof reply, NULL);
        if (error != 0)
            return fail(error);
        uint32_t length = get32(reply) < 15 ? get32(reply) : 15;
        memcpy(name, reply + 4, length);
        name[length] = '\0';
        return 0;
    }
    case PR_GET_DUMPABLE: return 1;
    case PR_GET_NO_NEW_PRIVS: case PR_SET_DUMPABLE: case PR_SET_NO_NEW_PRIVS: return 0;
    default: return fail(EINVAL);
    }
}

int sysinfo(struct sysinfo *info)
{
    uint8_t reply[56];
    REQUEST(r, MARCOTTE_OP_SYSINFO, 4);
    int error = marcotte_send(&r, reply, sizeof reply, NULL);
    if (error != 0)
        return fail(error);
    memset(info, 0, sizeof *info);
    info->uptime = (unsigned long)(get64(reply) / 1000000);
    for (int i = 0; i < 3; i++)
        info->loads[i] = (unsigned long)get64(reply + 8 + 8 * i);
    info->mem_unit = 4096;
    info->totalram = (unsigned long)(get64(reply + 32) / info->mem_unit);
    info->freeram = (unsigned long)(get64(reply + 40) / info->mem_unit);
    info->procs = (unsigned short)get32(reply + 48);
    return 0;
}

int getloadavg(double loads[], int count)
{
    struct sysinfo info;
    if (count <= 0 || sysinfo(&info) < 0)
        return count < 0 ? -1 : 0;
    if (count > 3)
        count = 3;
    for (int i = 0; i < count; i++)
        loads[i] = (double)info.loads[i] / 65536;
    return count;
}

int getpagesize(void) { return 65536; }

int getdtablesize(void)
{
    struct rlimit limit;
    return getrlimit(RLIMIT_NOFILE, &limit) < 0 || limit.rlim_cur > INT_MAX ? INT_MAX : (int)limit.rlim_cur;
}

long sysconf(int name)
{
    struct rlimit limit;
    size_t count;
    switch (name) {
    case _SC_ARG_MAX: return ARG_MAX;
    case _SC_CHILD_MAX: case _SC_OPEN_MAX:
        getrlimit(name == _SC_OPEN_MAX ? RLIMIT_NOFILE : RLIMIT_NPROC, &limit);
        return limit.rlim_cur > LONG_MAX ? -1 : (long)limit.rlim_cur;
    case _SC_CLK_TCK: return 100;
    case _SC_NGROUPS_MAX: return NGROUPS_MAX;
    case _SC_STREAM_MAX: return -1;
    case _SC_TZNAME_MAX: return 6;
    case _SC_JOB_CONTROL: case _SC_SAVED_IDS: return 1;
    case _SC_REALTIME_SIGNALS: case _SC_FSYNC: case _SC_SYNCHRONIZED_IO: case _SC_SPAWN: case _SC_TIMEOUTS:
    case _SC_MONOTONIC_CLOCK: case _SC_VERSION: case _SC_2_VERSION: case _SC_ADVISORY_INFO: case _SC_REGEXP: case _SC_SHELL:
        return 200809L;
    case _SC_PAGESIZE: return getpagesize();
    case _SC_RTSIG_MAX: return 31;
    case _SC_DELAYTIMER_MAX: return INT_MAX;
    case _SC_BC_BASE_MAX: return 99;
    case _SC_BC_DIM_MAX: return 2048;
    case _SC_BC_SCALE_MAX: return 99;
    case _SC_BC_STRING_MAX: return 1000;
    case _SC_COLL_WEIGHTS_MAX: return 2;
    case _SC_EXPR_NEST_MAX: return 32;
    case _SC_LINE_MAX: return 4096;
    case _SC_RE_DUP_MAX: return RE_DUP_MAX;
    case _SC_IOV_MAX: return IOV_MAX;
    case _SC_GETGR_R_SIZE_MAX: case _SC_GETPW_R_SIZE_MAX: return 1024;
    case _SC_LOGIN_NAME_MAX: return 256;
    case _SC_TTY_NAME_MAX: return 32;
    case _SC_HOST_NAME_MAX: return 64;
    case _SC_SYMLOOP_MAX: return SYMLOOP_MAX;
    case _SC_ATEXIT_MAX: return 32;
    case _SC_XOPEN_VERSION: return 700;
    case _SC_NPROCESSORS_CONF: case _SC_NPROCESSORS_ONLN:
        return marcotte_thread_parallelism(&count) == 0 && count > 0 ? (long)count : 1;
    case _SC_PHYS_PAGES: return 65536;
    case _SC_AVPHYS_PAGES: return 65536 - (long)__builtin_wasm_memory_size(0);
    default:
        errno = EINVAL;
        return -1;
    }
}

long fpathconf(int fd, int name)
{
    (void)fd;
    switch (name) {
    case _PC_LINK_MAX: return 65000;
    case _PC_MAX_CANON: case _PC_MAX_INPUT: return 255;
    case _PC_NAME_MAX: return NAME_MAX;
    case _PC_PATH_MAX: return PATH_MAX;
    case _PC_PIPE_BUF: return PIPE_BUF;
    case _PC_CHOWN_RESTRICTED: case _PC_NO_TRUNC: case _PC_SYNC_IO: case _PC_2_SYMLINKS: return 1;
    case _PC_VDISABLE: return 0;
    case _PC_FILESIZEBITS: return 64;
    default: return fail(EINVAL);
    }
}

long pathconf(const char *path, int name) { (void)path; return fpathconf(-1, name); }

int clock_settime(clockid_t clock, const struct timespec *time) { (void)clock; (void)time; return fail(EPERM); }
int settimeofday(const struct timeval *time, const struct timezone *zone) { (void)time; (void)zone; return fail(EPERM); }
int stime(const time_t *time) { (void)time; return fail(EPERM); }
int adjtime(const struct timeval *by, struct timeval *old) { (void)by; (void)old; return fail(EPERM); }
int acct(const char *path) { (void)path; return fail(ENOSYS); }
