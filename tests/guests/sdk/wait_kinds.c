// Every way to wait: by pid, by group, without blocking, without reaping, by waitid.
//
// expect: exit=0
// compare: native
#include <sys/resource.h>
#include "sdk.h"

static pid_t child(int code)
{
    pid_t pid = fork();
    if (pid == 0)
        _exit(code);
    return pid;
}

int main(void)
{
    int status;
    siginfo_t info;
    struct gate go = gate_make();
    say(waitpid(-1, NULL, WNOHANG));
    say(waitid(P_ALL, 0, &info, WEXITED));
    say(waitpid(-1, NULL, 0x40));
    say(waitid(P_ALL, 0, &info, WNOHANG));

    pid_t pid = fork();
    if (pid == 0) {
        gate_wait(go);
        _exit(3);
    }
    say(waitpid(pid, NULL, WNOHANG));
    memset(&info, 0xff, sizeof info);
    say(waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG));
    printf("nothing: %d %d\n", info.si_signo, (int)info.si_pid);
    gate_open(go);
    say(waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT));
    printf("left there: %d %d %d %d\n", info.si_signo == SIGCHLD, info.si_code == CLD_EXITED, info.si_status, info.si_pid == pid);
    say(waitid(P_ALL, 0, &info, WEXITED));
    printf("taken: %d\n", info.si_status);
    say(waitpid(pid, &status, 0));

    pid = fork();
    if (pid == 0) {
        setpgid(0, 0);
        gate_open(go);
        pause();
        _exit(1);
    }
    gate_wait(go);
    say(waitpid(0, &status, WNOHANG));
    kill(-pid, SIGTERM);
    truth(waitpid(-pid, &status, 0) == pid);
    print_status("group", status);

    pid = child(11);
    struct rusage usage;
    truth(wait4(pid, &status, 0, &usage) == pid && usage.ru_utime.tv_sec >= 0);
    print_status("wait4", status);
    pid = child(12);
    truth(wait3(&status, 0, NULL) == pid);
    print_status("wait3", status);
    say(waitpid(1 << 22, NULL, 0));
    return 0;
}
