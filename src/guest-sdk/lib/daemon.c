/* Apart from the rest, so that only who forks is instrumented for it. */
#include "internal.h"
#include <unistd.h>

int daemon(int stay, int keep)
{
    pid_t pid = fork();
    if (pid != 0) {
        if (pid > 0)
            _exit(0);
        return -1;
    }
    setsid();
    if (!stay && chdir("/") < 0)
        return -1;
    if (!keep) {
        int null = open("/dev/null", O_RDWR);
        if (null < 0)
            return -1;
        for (int i = 0; i < 3; i++)
            dup2(null, i);
        if (null > 2)
            close(null);
    }
    return 0;
}
