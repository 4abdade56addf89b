// A child's memory is its own: globals, the heap, the stack, and what stdio has not written yet.
//
// expect: exit=0
// compare: native
#include "sdk.h"

static int global = 1;

int main(void)
{
    int local = 2;
    int *heap = malloc(sizeof *heap);
    *heap = 3;
    static char buffer[4096];
    setvbuf(stdout, buffer, _IOFBF, sizeof buffer);
    printf("once in the buffer, twice on the way out\n");

    pid_t pid = fork();
    if (pid == 0) {
        global += 10;
        local += 10;
        *heap += 10;
        printf("child: %d %d %d\n", global, local, *heap);
        exit(0);
    }
    waitpid(pid, NULL, 0);
    printf("parent: %d %d %d\n", global, local, *heap);
    char *more = malloc(100000);
    memset(more, 'x', 100000);
    pid = fork();
    if (pid == 0)
        _exit(more[99999] == 'x' && *heap == 3 ? 0 : 1);
    int status;
    waitpid(pid, &status, 0);
    printf("grown: %d\n", WEXITSTATUS(status));
    return 0;
}
