// exec that fails comes back, and the program goes on.
//
// expect: exit=0
// compare: native
#include "sdk.h"

int main(int argc, char **argv)
{
    char *args[] = { "x", NULL };
    char *env[] = { NULL };
    if (argc > 1)
        return 42;
    scratch();
    say(execve("nothing", args, env));
    say(execve(".", args, env));
    close(open("plain", O_WRONLY | O_CREAT, 0644));
    say(execve("plain", args, env));
    say(execve("plain/x", args, env));
    int fd = open("junk", O_WRONLY | O_CREAT, 0755);
    write(fd, "\1\2\3\4 this is no program", 22);
    close(fd);
    say(execve("junk", args, env));
    say(execvp("surely-no-such-program", args));
    symlink("loop", "loop");
    say(execve("loop", args, env));
    say(execve("", args, env));
    setenv("PATH", "/nowhere:/tmp", 1);
    say(execvp("still-no-such-program", args));

    // A script of a program: `#!` with one argument.
    char line[PATH_MAX + 16];
    snprintf(line, sizeof line, "#!%s one\n", argv[0]);
    fd = open("script", O_WRONLY | O_CREAT, 0755);
    write(fd, line, strlen(line));
    close(fd);
    pid_t pid = fork();
    if (pid == 0) {
        execl("./script", "script", (char *)NULL);
        _exit(127);
    }
    reap("script", pid);
    return 0;
}
