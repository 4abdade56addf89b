/* Waiting for children. */
#include "internal.h"
#include <sys/resource.h>
#include <sys/wait.h>

#define WAIT_REPLY (12 + MARCOTTE_USAGE_BYTES)

static int ask_host(idtype_t type, int32_t id, uint32_t options, uint8_t *reply)
{
    REQUEST(r, MARCOTTE_OP_WAIT, 16);
    put32(&r, type);
    put32(&r, (uint32_t)id);
    put32(&r, options);
    return marcotte_send(&r, reply, WAIT_REPLY, NULL);
}

/* WASIX's own: no groups, no usage, no stopped children without a flag. */
static int ask_wasix(idtype_t type, int32_t id, uint32_t options, uint8_t *reply)
{
    struct { uint8_t tag; int32_t pid; } pid = { type == P_PID, type == P_PID ? id : 0 };
    struct { uint8_t tag; uint8_t zero; union { uint16_t code; uint8_t signal; } u; uint8_t by; uint8_t pad; } status = { 0 };
    int error = marcotte_proc_join(&pid, (options & WNOHANG ? 1 : 0) | (options & WUNTRACED ? 2 : 0), &status);
    if (error != 0)
        return error;
    uint32_t word = status.tag == 1 ? (uint32_t)(status.u.code & 0xff) << 8
        : status.tag == 2 ? status.by
        : status.tag == 3 ? (uint32_t)status.u.signal << 8 | 0x7f : 0;
    uint32_t found = pid.tag == 1 ? (uint32_t)pid.pid : 0;
    memset(reply, 0, WAIT_REPLY);
    memcpy(reply, &found, 4);
    memcpy(reply + 4, &word, 4);
    return 0;
}

static int ask(idtype_t type, int32_t id, uint32_t options, uint8_t *reply)
{
    int error = ask_host(type, id, options, reply);
    return error == ENOSYS ? ask_wasix(type, id, options, reply) : error;
}

void marcotte_usage(const uint8_t *reply, struct rusage *usage)
{
    memset(usage, 0, sizeof *usage);
    int64_t user = (int64_t)get64(reply), system = (int64_t)get64(reply + 8);
    usage->ru_utime.tv_sec = user / 1000000;
    usage->ru_utime.tv_usec = user % 1000000;
    usage->ru_stime.tv_sec = system / 1000000;
    usage->ru_stime.tv_usec = system % 1000000;
    usage->ru_maxrss = (long)get64(reply + 16);
    usage->ru_minflt = (long)get64(reply + 24);
    usage->ru_majflt = (long)get64(reply + 32);
    usage->ru_inblock = (long)get64(reply + 40);
    usage->ru_oublock = (long)get64(reply + 48);
    usage->ru_nvcsw = (long)get64(reply + 56);
    usage->ru_nivcsw = (long)get64(reply + 64);
}

pid_t wait4(pid_t pid, int *status, int options, struct rusage *usage)
{
    uint8_t reply[WAIT_REPLY];
    if (options & ~(WNOHANG | WUNTRACED | WCONTINUED | __WALL))
        return fail(EINVAL);
    if (pid == (pid_t)0x80000000)
        return fail(ESRCH);
    uint32_t wanted = ((uint32_t)options & (WNOHANG | WUNTRACED | WCONTINUED)) | WEXITED;
    int error = pid == -1 ? ask(P_ALL, 0, wanted, reply)
        : pid > 0 ? ask(P_PID, pid, wanted, reply)
        : ask(P_PGID, -pid, wanted, reply);
    if (error != 0)
        return fail(error);
    pid_t found = (pid_t)get32(reply);
    if (found != 0 && status != NULL)
        *status = (int)get32(reply + 4);
    if (found != 0 && usage != NULL)
        marcotte_usage(reply + 12, usage);
    return found;
}

pid_t wait3(int *status, int options, struct rusage *usage) { return wait4(-1, status, options, usage); }
pid_t waitpid(pid_t pid, int *status, int options) { return wait4(pid, status, options, NULL); }
pid_t wait(int *status) { return wait4(-1, status, 0, NULL); }

int waitid(idtype_t type, id_t id, siginfo_t *info, int options)
{
    uint8_t reply[WAIT_REPLY];
    if (type > P_PGID || (options & ~(WNOHANG | WEXITED | WSTOPPED | WCONTINUED | WNOWAIT))
        || !(options & (WEXITED | WSTOPPED | WCONTINUED)))
        return fail(EINVAL);
    int error = ask(type, (int32_t)id, (uint32_t)options, reply);
    if (error != 0)
        return fail(error);
    if (info == NULL)
        return 0;
    memset(info, 0, sizeof *info);
    pid_t found = (pid_t)get32(reply);
    if (found == 0)
        return 0;
    int status = (int)get32(reply + 4);
    info->si_signo = SIGCHLD;
    info->si_pid = found;
    info->si_uid = get32(reply + 8);
    if (WIFEXITED(status)) {
        info->si_code = CLD_EXITED;
        info->si_status = WEXITSTATUS(status);
    } else if (WIFSTOPPED(status)) {
        info->si_code = CLD_STOPPED;
        info->si_status = WSTOPSIG(status);
    } else if (WIFCONTINUED(status)) {
        info->si_code = CLD_CONTINUED;
        info->si_status = SIGCONT;
    } else {
        info->si_code = WCOREDUMP(status) ? CLD_DUMPED : CLD_KILLED;
        info->si_status = WTERMSIG(status);
    }
    return 0;
}
