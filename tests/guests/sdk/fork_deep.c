// fork far down the stack, and a tree of processes: every one comes back to where it was.
//
// expect: exit=0
// compare: native
#include "sdk.h"

static int down(int depth, int seen)
{
    volatile int here = depth * 3;
    if (depth == 0) {
        pid_t pid = fork();
        if (pid == 0)
            return seen + 1000;
        int status;
        waitpid(pid, &status, 0);
        return seen + WEXITSTATUS(status);
    }
    int below = down(depth - 1, seen + 1);
    return below + (here == depth * 3 ? 0 : 1000000);
}

static int tree(int levels)
{
    int total = 1;
    for (int i = 0; i < 2 && levels > 0; i++) {
        pid_t pid = fork();
        if (pid == 0)
            _exit(tree(levels - 1));
        int status;
        waitpid(pid, &status, 0);
        total += WEXITSTATUS(status);
    }
    return total;
}

int main(void)
{
    pid_t self = getpid();
    int result = down(50, 0);
    if (getpid() != self)
        _exit(result == 1050 ? 5 : 1);
    printf("down: %d\n", result);
    printf("tree: %d\n", tree(4));
    return 0;
}
