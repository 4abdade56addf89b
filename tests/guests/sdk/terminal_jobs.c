// A session with a terminal: who is in front, Ctrl-C, a background process that reads, the terminal's end.
//
// expect: exit=0
// compare: native
#include <pty.h>
#include <sys/ioctl.h>
#include <termios.h>
#include "sdk.h"

static void quiet(int signal) { (void)signal; }

int main(void)
{
    int master;
    struct gate up = gate_make();
    pid_t pid = forkpty(&master, NULL, NULL, NULL);
    if (pid == 0) {
        signal(SIGTTOU, SIG_IGN);
        int good = isatty(0) && tcgetpgrp(0) == getpgrp() && tcgetsid(0) == getpid() && getsid(0) == getpid();
        pid_t back = fork();
        if (back == 0) {
            char c;
            setpgid(0, 0);
            read(0, &c, 1);
            _exit(1);
        }
        int status = 0;
        waitpid(back, &status, WUNTRACED);
        good = good && WIFSTOPPED(status) && WSTOPSIG(status) == SIGTTIN;
        setpgid(back, back);
        good = good && tcsetpgrp(0, back) == 0 && tcgetpgrp(0) == back;
        good = good && tcsetpgrp(0, 1 << 22) == -1;
        kill(back, SIGKILL);
        waitpid(back, &status, 0);
        good = good && tcsetpgrp(0, getpgrp()) == 0;
        action(SIGWINCH, quiet, 0);
        gate_open(up);
        pause();
        write(1, good ? "good" : "bad!", 4);
        gate_open(up);
        for (;;)
            pause();
    }
    truth(pid > 0);
    gate_wait(up);
    usleep(20000);
    struct winsize size = { 10, 20, 0, 0 };
    say(ioctl(master, TIOCSWINSZ, &size));
    char buffer[16] = "";
    gate_wait(up);
    say(read(master, buffer, 4));
    puts(buffer);
    usleep(20000);
    say(write(master, "\x03", 1));
    reap("by Ctrl-C", pid);

    pid = forkpty(&master, NULL, NULL, NULL);
    if (pid == 0) {
        gate_open(up);
        for (;;)
            pause();
    }
    gate_wait(up);
    close(master);
    reap("by its end", pid);
    return 0;
}
