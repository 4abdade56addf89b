// exec: arguments, empty ones and newlines too, the environment, what is kept and what is closed.
//
// expect: exit=0
// compare: native
#include "sdk.h"

int main(int argc, char **argv, char **envp)
{
    if (argc > 1 && strcmp(argv[1], "--program") == 0) {
        printf("%d arguments:", argc);
        for (int i = 1; i < argc; i++)
            printf(" [%s]", argv[i]);
        printf("\nenvironment:");
        for (char **e = envp; *e; e++)
            printf(" [%s]", *e);
        printf("\n");
        char cwd[PATH_MAX];
        printf("%d %d %s\n", fcntl(50, F_GETFD), fcntl(51, F_GETFD), strcmp(getcwd(cwd, sizeof cwd), "/") == 0 ? "root" : "elsewhere");
        return argc;
    }
    fflush(stdout);
    chdir("/tmp");
    pid_t pid = fork();
    if (pid == 0) {
        chdir("/");
        dup2(1, 50);
        dup3(1, 51, O_CLOEXEC);
        char *args[] = { "name", "--program", "", "two words", "a\nb", "", NULL };
        char *env[] = { "A=1", "EMPTY=", "B=x=y", "NL=a\nb", NULL };
        execve(argv[0], args, env);
        printf("%s\n", error_name(errno));
        _exit(1);
    }
    reap("execve", pid);
    pid = fork();
    if (pid == 0) {
        char *env[] = { NULL };
        execle(argv[0], "x", "--program", "last", (char *)NULL, env);
        _exit(1);
    }
    reap("execle", pid);
    pid = fork();
    if (pid == 0) {
        clearenv();
        setenv("SET", "here", 1);
        execl(argv[0], "y", "--program", (char *)NULL);
        _exit(1);
    }
    reap("execl", pid);
    return 0;
}
