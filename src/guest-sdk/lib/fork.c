/* fork, and vfork as fork: memory is copied either way, so a child of vfork may do more than it has to. */
#include "internal.h"
#include <unistd.h>

pid_t fork(void)
{
    /* Not on the C stack: the host writes to the parent's and to the child's after both were rewound. */
    static int32_t pid;
    int error = marcotte_proc_fork(1, &pid);
    return error == 0 ? pid : fail(error);
}

pid_t _Fork(void) { return fork(); }
pid_t vfork(void) { return fork(); }
