// Forks, becomes itself anew in the child, waits; as often as the argument says. What the last one has is what the first one had.
//
// expect: exit=0
// compare: native
#include <dirent.h>
#include "sdk.h"

static int descriptors(void)
{
    int count = 0;
    for (int fd = 0; fd < 256; fd++)
        count += fcntl(fd, F_GETFD) >= 0;
    return count;
}

int main(int argc, char **argv)
{
    if (argc > 2)
        return atoi(argv[2]) == descriptors() ? 7 : 1;
    int rounds = argc > 1 ? atoi(argv[1]) : 100, good = 0, had = descriptors();
    char count[16], path[PATH_MAX] = "/bin/exec_again";
    if (strchr(argv[0], '/') != NULL)
        snprintf(path, sizeof path, "%s", argv[0]);
    snprintf(count, sizeof count, "%d", had);
    for (int i = 0; i < rounds; i++) {
        int fds[2], status = 0;
        pipe2(fds, O_CLOEXEC);
        pid_t pid = fork();
        if (pid == 0) {
            execl(path, argv[0], "child", count, (char *)NULL);
            _exit(2);
        }
        close(fds[0]);
        close(fds[1]);
        good += waitpid(pid, &status, 0) == pid && WIFEXITED(status) && WEXITSTATUS(status) == 7;
    }
    printf("%d of %d, descriptors as before: %d\n", good, rounds, descriptors() == had);
    return 0;
}
