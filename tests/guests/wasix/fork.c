/* Doubles itself three times, at different depths of the stack; each child exits with another code, and none changes the parent's memory. */
#include "wasix.h"

static int global = 1;

__attribute__((noinline)) static int32_t fork_at(int depth)
{
    static int32_t pid;
    volatile int local[16];
    local[depth & 15] = depth;
    if (depth > 0) {
        int32_t result = fork_at(depth - 1);
        check("local", local[depth & 15], depth);
        return result;
    }
    check("proc_fork", proc_fork(1, &pid), 0);
    check("local", local[0], 0);
    return pid;
}

int main(void)
{
    int32_t self, seen = 0;
    proc_id(&self);
    for (int i = 0; i < 3; i++) {
        int32_t pid = fork_at(i * 10);
        if (pid == 0) {
            int32_t own;
            proc_id(&own);
            global += 100;
            return own != self && global == 101 ? 7 + i : 1;
        }
        struct option_pid joined = { 1, pid };
        struct join_status status;
        check("proc_join", proc_join(&joined, 0, &status), 0);
        check("tag", status.tag, 1);
        check("pid", joined.pid, pid);
        check("code", status.code, 7 + i);
        check("global", global, 1);
        seen++;
    }
    struct option_pid none = { 0, 0 };
    struct join_status status;
    check("without children", proc_join(&none, 0, &status), 12);
    printf("%d children\n", seen);
    return 0;
}
