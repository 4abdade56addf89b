/* Usage, limits and priorities. */
#include "internal.h"
#include <sys/resource.h>
#include <sys/times.h>
#include <time.h>
#include <unistd.h>

int getrusage(int who, struct rusage *usage)
{
    uint8_t reply[MARCOTTE_USAGE_BYTES] = { 0 };
    REQUEST(r, MARCOTTE_OP_GETRUSAGE, 8);
    put32(&r, (uint32_t)who);
    int error = marcotte_send(&r, reply, sizeof reply, NULL);
    if (error == ENOSYS)
        error = who == RUSAGE_SELF || who == RUSAGE_CHILDREN || who == RUSAGE_THREAD ? 0 : EINVAL;
    if (error == 0)
        marcotte_usage(reply, usage);
    return done(error);
}

/* Ticks of the words that wasi-libc keeps for clock_t: sysconf(_SC_CLK_TCK) says how many a second has. */
static clock_t ticks(uint64_t us) { return (clock_t)(us / (1000000 / 100)); }

clock_t times(struct tms *buffer)
{
    uint64_t reply[5] = { 0 };
    REQUEST(r, MARCOTTE_OP_TIMES, 4);
    if (marcotte_send(&r, reply, sizeof reply, NULL) != 0) {
        struct timespec now;
        clock_gettime(CLOCK_MONOTONIC, &now);
        reply[4] = (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
    }
    if (buffer != NULL) {
        buffer->tms_utime = ticks(reply[0]);
        buffer->tms_stime = ticks(reply[1]);
        buffer->tms_cutime = ticks(reply[2]);
        buffer->tms_cstime = ticks(reply[3]);
    }
    return ticks(reply[4]);
}

clock_t clock(void)
{
    struct timespec used;
    if (clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used) < 0)
        return -1;
    return (clock_t)used.tv_sec * CLOCKS_PER_SEC + used.tv_nsec * (CLOCKS_PER_SEC / 1000000) / 1000;
}

int prlimit(pid_t pid, int resource, const struct rlimit *next, struct rlimit *old)
{
    uint64_t reply[2] = { RLIM_INFINITY, RLIM_INFINITY };
    REQUEST(r, MARCOTTE_OP_PRLIMIT, 48);
    put32(&r, (uint32_t)pid);
    put32(&r, (uint32_t)resource);
    put32(&r, next != NULL);
    put64(&r, next == NULL ? 0 : next->rlim_cur);
    put64(&r, next == NULL ? 0 : next->rlim_max);
    int error = marcotte_send(&r, reply, sizeof reply, NULL);
    if (error == ENOSYS)
        error = (unsigned)resource < RLIMIT_NLIMITS ? 0 : EINVAL;
    if (error == 0 && old != NULL)
        *old = (struct rlimit) { reply[0], reply[1] };
    return done(error);
}

int getrlimit(int resource, struct rlimit *limit) { return prlimit(0, resource, NULL, limit); }
int setrlimit(int resource, const struct rlimit *limit) { return prlimit(0, resource, limit, NULL); }

int getpriority(int which, id_t who)
{
    int32_t value = 0;
    REQUEST(r, MARCOTTE_OP_GETPRIORITY, 16);
    put32(&r, (uint32_t)which);
    put32(&r, who);
    int error = marcotte_send(&r, &value, sizeof value, NULL);
    return error == 0 || error == ENOSYS ? value : fail(error);
}

int setpriority(int which, id_t who, int nice)
{
    REQUEST(r, MARCOTTE_OP_SETPRIORITY, 16);
    put32(&r, (uint32_t)which);
    put32(&r, who);
    put32(&r, (uint32_t)(nice < -20 ? -20 : nice > 19 ? 19 : nice));
    return marcotte_do(&r, NULL, 0);
}

int nice(int increment)
{
    errno = 0;
    int next = getpriority(PRIO_PROCESS, 0) + increment;
    if (setpriority(PRIO_PROCESS, 0, next) < 0) {
        if (errno == EACCES)
            errno = EPERM;
        return -1;
    }
    return next < -20 ? -20 : next > 19 ? 19 : next;
}
