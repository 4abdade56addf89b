/* Goes back to a checkpoint from deeper in the stack, again and again; then to one whose function has returned, which is no way to go. */
#include "wasix.h"

static struct snapshot place, gone;
static uint64_t value, other;

__attribute__((noinline)) static void deeper(int depth, int jump)
{
    volatile int local = depth;
    if (depth > 0)
        deeper(depth - 1, jump);
    else
        stack_restore(&place, (uint64_t)jump);
    check("never here", local, -1);
}

__attribute__((noinline)) static void leave(void)
{
    volatile char frame[256];
    frame[0] = 1;
    check("checkpoint", stack_checkpoint(&gone, &other), 0);
    frame[1] = frame[0];
}

int main(int argc, char **argv)
{
    volatile int rounds = 0;
    int kept = argc + 41;
    check("checkpoint", stack_checkpoint(&place, &value), 0);
    check("rounds", rounds, (long)value);
    check("kept", kept, argc + 41);
    if (value < 1000) {
        rounds++;
        deeper(rounds % 20, rounds);
    }
    printf("%d jumps\n", rounds);
    fflush(stdout);
    if (argc > 1 && strcmp(argv[1], "gone") == 0) {
        leave();
        check("checkpoint", stack_checkpoint(&place, &value), 0);
        stack_restore(&gone, 1);
    }
    return 0;
}
