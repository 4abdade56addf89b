// fork, and what waiting for the child says.
//
// expect: exit=0
// compare: native
#include "sdk.h"

int main(void)
{
    pid_t pid = fork();
    if (pid == 0)
        _exit(7);
    truth(pid > 0);
    reap("child", pid);
    say(waitpid(pid, NULL, 0));
    say(wait(NULL));

    pid = fork();
    if (pid == 0) {
        truth(getppid() > 0);
        exit(300);
    }
    reap("an exit code has eight bits", pid);

    for (int i = 0; i < 5; i++) {
        pid = fork();
        if (pid == 0)
            _exit(i * 10);
        reap("one of five", pid);
    }
    return 0;
}
