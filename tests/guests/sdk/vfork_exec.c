// vfork: the child leaves at once, or becomes another program.
//
// expect: exit=0
// compare: native
#include "sdk.h"

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "--child") == 0)
        return 9;
    pid_t pid = vfork();
    if (pid == 0)
        _exit(4);
    reap("child", pid);
    pid = vfork();
    if (pid == 0) {
        execl(argv[0], argv[0], "--child", NULL);
        _exit(127);
    }
    reap("program", pid);
    return 0;
}
