// Process groups and sessions, and what one may not do to them.
//
// expect: exit=0
// compare: native
#include "sdk.h"

int main(void)
{
    struct gate up = gate_make(), go = gate_make();
    pid_t first = fork();
    if (first == 0) {
        // A process of its own group, whoever started this.
        setpgid(0, 0);
        truth(getpgrp() == getpid());
        truth(getpgid(0) == getpid());
        say(setsid());
        pid_t self = getpid(), pid = fork();
        if (pid == 0) {
            truth(getpgrp() == self);
            truth(getppid() == self);
            truth(setsid() == getpid());
            truth(getsid(0) == getpid() && getpgrp() == getpid());
            say(setpgid(0, 0));
            exit(0);
        }
        reap("session", pid);
        pid = fork();
        if (pid == 0) {
            gate_open(up);
            gate_wait(go);
            exit(0);
        }
        gate_wait(up);
        say(setpgid(pid, pid));
        truth(getpgid(pid) == pid);
        say(setpgid(pid, 1 << 22));
        say(setpgid(pid, -1));
        say(setpgid(pid, self));
        truth(getpgid(pid) == self);
        gate_open(go);
        reap("member", pid);
        say(getpgid(1 << 22));
        say(getsid(1 << 22));
        say(setpgid(1 << 22, 0));
        exit(0);
    }
    reap("first", first);
    say(kill(-(1 << 22), SIGTERM));
    say(killpg(-5, 0));

    pid_t leader = fork();
    if (leader == 0) {
        setpgid(0, 0);
        for (int i = 0; i < 2; i++)
            if (fork() == 0) {
                gate_open(up);
                for (;;)
                    pause();
            }
        gate_open(up);
        for (;;)
            pause();
    }
    for (int i = 0; i < 3; i++)
        gate_wait(up);
    say(killpg(leader, SIGTERM));
    reap("leader", leader);
    return 0;
}
