/* Who the process is: ids, groups, sessions. Without a host that knows, everything is root's and stays so. */
#include "internal.h"
#include <unistd.h>

static int ids(int index)
{
    int32_t reply[5];
    REQUEST(r, MARCOTTE_OP_GETIDS, 4);
    int error = marcotte_send(&r, reply, sizeof reply, NULL);
    return error == 0 ? reply[index] : fail(error);
}

pid_t getpid(void)
{
    int32_t pid = 1;
    marcotte_proc_id(&pid);
    return pid;
}

pid_t getppid(void)
{
    int32_t pid = ids(1);
    if (pid < 0) {
        pid = 0;
        marcotte_proc_parent(getpid(), &pid);
    }
    return pid;
}

pid_t gettid(void)
{
    int32_t tid = 1;
    marcotte_thread_id(&tid);
    return tid;
}

pid_t getpgrp(void)
{
    int32_t pgid = ids(2);
    return pgid < 0 ? getpid() : pgid;
}

pid_t getpgid(pid_t pid)
{
    REQUEST(r, MARCOTTE_OP_GETPGID, 16);
    put32(&r, (uint32_t)pid);
    return marcotte_ask(&r);
}

pid_t getsid(pid_t pid)
{
    REQUEST(r, MARCOTTE_OP_GETSID, 16);
    put32(&r, (uint32_t)pid);
    return marcotte_ask(&r);
}

pid_t setsid(void)
{
    REQUEST(r, MARCOTTE_OP_SETSID, 4);
    return marcotte_ask(&r);
}

int setpgid(pid_t pid, pid_t group)
{
    REQUEST(r, MARCOTTE_OP_SETPGID, 16);
    put32(&r, (uint32_t)pid);
    put32(&r, (uint32_t)group);
    return marcotte_do(&r, NULL, 0);
}

pid_t setpgrp(void) { return setpgid(0, 0); }

static uint32_t credential(int index)
{
    uint32_t reply[6];
    REQUEST(r, MARCOTTE_OP_GETCRED, 4);
    return marcotte_send(&r, reply, sizeof reply, NULL) == 0 ? reply[index] : 0;
}

uid_t getuid(void) { return credential(0); }
uid_t geteuid(void) { return credential(1); }
gid_t getgid(void) { return credential(3); }
gid_t getegid(void) { return credential(4); }

static int three(int first, uint32_t *a, uint32_t *b, uint32_t *c)
{
    *a = credential(first);
    *b = credential(first + 1);
    *c = credential(first + 2);
    return 0;
}

int getresuid(uid_t *real, uid_t *effective, uid_t *saved) { return three(0, real, effective, saved); }
int getresgid(gid_t *real, gid_t *effective, gid_t *saved) { return three(3, real, effective, saved); }

static int set(uint32_t kind, uint32_t a, uint32_t b, uint32_t c)
{
    REQUEST(r, MARCOTTE_OP_SETCRED, 32);
    put32(&r, kind);
    put32(&r, a);
    put32(&r, b);
    put32(&r, c);
    int error = marcotte_send(&r, NULL, 0, NULL);
    if (error == ENOSYS)
        error = (a == 0 || a == (uint32_t)-1) && (b == 0 || b == (uint32_t)-1) && (c == 0 || c == (uint32_t)-1) ? 0 : EPERM;
    return done(error);
}

#define NONE ((uint32_t)-1)

int setuid(uid_t id) { return set(MARCOTTE_CRED_UID, id, NONE, NONE); }
int seteuid(uid_t id) { return set(MARCOTTE_CRED_EUID, id, NONE, NONE); }
int setreuid(uid_t real, uid_t effective) { return set(MARCOTTE_CRED_REUID, real, effective, NONE); }
int setresuid(uid_t real, uid_t effective, uid_t saved) { return set(MARCOTTE_CRED_RESUID, real, effective, saved); }
int setgid(gid_t id) { return set(MARCOTTE_CRED_GID, id, NONE, NONE); }
int setegid(gid_t id) { return set(MARCOTTE_CRED_EGID, id, NONE, NONE); }
int setregid(gid_t real, gid_t effective) { return set(MARCOTTE_CRED_REGID, real, effective, NONE); }
int setresgid(gid_t real, gid_t effective, gid_t saved) { return set(MARCOTTE_CRED_RESGID, real, effective, saved); }
int issetugid(void) { return 0; }

int getgroups(int count, gid_t list[])
{
    uint32_t reply[1 + NGROUPS_MAX];
    REQUEST(r, MARCOTTE_OP_GETGROUPS, 4);
    int error = marcotte_send(&r, reply, sizeof reply, NULL);
    if (error == ENOSYS)
        return 0;
    if (error != 0)
        return fail(error);
    int found = (int)reply[0];
    if (count == 0)
        return found;
    if (count < found)
        return fail(EINVAL);
    memcpy(list, reply + 1, (size_t)found * sizeof *list);
    return found;
}

int setgroups(size_t count, const gid_t *list)
{
    REQUEST(r, MARCOTTE_OP_SETGROUPS, 16 + 4 * NGROUPS_MAX);
    if (count > NGROUPS_MAX)
        return fail(EINVAL);
    put32(&r, (uint32_t)count);
    marcotte_put(&r, list, count * sizeof *list);
    return marcotte_do(&r, NULL, 0);
}
