// Stopping and continuing a child, seen by its parent.
//
// expect: exit=0
// compare: native
#include "sdk.h"

int main(void)
{
    struct gate up = gate_make();
    pid_t pid = fork();
    if (pid == 0) {
        // A group of its own, with a parent in another: SIGTSTP does nothing to an orphaned one.
        setpgid(0, 0);
        gate_open(up);
        for (;;)
            pause();
    }
    gate_wait(up);
    int status;
    say(kill(pid, SIGSTOP));
    truth(waitpid(pid, &status, WUNTRACED) == pid);
    print_status("child", status);
    say(waitpid(pid, &status, WUNTRACED | WNOHANG));
    say(kill(pid, SIGCONT));
    truth(waitpid(pid, &status, WCONTINUED) == pid);
    print_status("child", status);
    kill(pid, SIGTSTP);
    siginfo_t info;
    say(waitid(P_PID, (id_t)pid, &info, WSTOPPED));
    printf("%d %d\n", info.si_code == CLD_STOPPED, info.si_status);
    kill(pid, SIGKILL);
    reap("child", pid);
    return 0;
}
