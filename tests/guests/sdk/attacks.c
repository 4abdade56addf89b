// What processes could do to get more than they were given: each is refused as Linux refuses it.
//
// expect: exit=0
// compare: native
#include <sys/ioctl.h>
#include <sys/resource.h>
#include "sdk.h"

static void script(const char *name, const char *text, mode_t mode)
{
    int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0700);
    write(fd, text, strlen(text));
    fchmod(fd, mode);
    close(fd);
}

// The status of a child that becomes the program, or the errno's name that it heard.
static void become(const char *what, const char *path, char **arguments, char **variables)
{
    fflush(stdout);
    pid_t pid = fork();
    if (pid == 0) {
        execve(path, arguments, variables);
        printf("%s: %s\n", what, error_name(errno));
        fflush(stdout);
        _exit(99);
    }
    int status;
    waitpid(pid, &status, 0);
    if (WEXITSTATUS(status) != 99)
        print_status(what, status);
}

static void interpreters(void)
{
    char *arguments[] = { "x", NULL }, *none[] = { NULL };
    script("itself", "#!itself\n", 0700);
    become("a script that is its own interpreter", "./itself", arguments, none);
    script("one", "#!two\n", 0700);
    script("two", "#!one\n", 0700);
    become("two scripts that are each other's", "./one", arguments, none);
    script("bare", "#!\n", 0700);
    become("none named", "./bare", arguments, none);
    script("away", "#!/nothing/there\n", 0700);
    become("none there", "./away", arguments, none);
    script("folder", "#!/tmp\n", 0700);
    become("a directory", "./folder", arguments, none);
    symlink("loop", "loop");
    become("a link to itself", "./loop", arguments, none);
}

static void sizes(char *self)
{
    static char big[200000];
    static char *many[4096];
    char *none[] = { NULL };
    memset(big, 'x', sizeof big - 1);
    struct rlimit all = { 8 << 20, RLIM_INFINITY };
    setrlimit(RLIMIT_STACK, &all);
    big[100000] = 0;
    for (int i = 0; i < 4095; i++)
        many[i] = big;
    become("all together too long", self, many, none);
    char *little[] = { self, "exit", NULL };
    become("all variables too long", self, little, many);
    become("little", self, little, none);
}

// A descriptor gives no more when it is opened again through /proc.
static void reopened(void)
{
    char path[64], c;
    script("secret", "secret", 0600);
    int fd = open("secret", O_RDONLY);
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    chmod("secret", 0400);
    int again = open(path, O_RDONLY);
    say(read(again, &c, 1));
    int end[2];
    pipe(end);
    snprintf(path, sizeof path, "/proc/self/fd/%d", end[0]);
    again = open(path, O_RDONLY);
    say(write(again, "x", 1));
    unlink("secret");
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    char target[PATH_MAX];
    long length = readlink(path, target, sizeof target);
    printf("%d\n", length > 10 && memcmp(target + length - 10, " (deleted)", 10) == 0);
    snprintf(path, sizeof path, "/proc/self/fd/%d", 77);
    say(open(path, O_RDONLY));
    say(open("/proc/self/fd/77/../0", O_RDONLY) == -1 ? -1 : 0);
    say(link("/proc/self/exe", "stolen"));
    say(unlink("/proc/self/status") == -1);
    say(mkdir("/proc/self/made", 0755) == -1);
}

static void kept(char *self)
{
    char *arguments[] = { self, "descriptors", NULL }, *none[] = { NULL };
    int closed = open("/dev/null", O_RDONLY | O_CLOEXEC), open1 = fcntl(1, F_DUPFD, 40);
    dup3(closed, 41, O_CLOEXEC);
    dup2(closed, 42);
    (void)open1;
    become("descriptors", self, arguments, none);
}

static void ids(void)
{
    pid_t first = fork();
    if (first == 0)
        _exit(0);
    waitpid(first, NULL, 0);
    say(kill(first, 0));
    say(waitpid(first, NULL, 0));
    pid_t next = fork();
    if (next == 0)
        _exit(0);
    printf("used again at once: %d\n", next == first);
    waitpid(next, NULL, 0);
    say(kill(-first, SIGKILL));
    say(kill(INT_MAX, 0));
    say(kill(INT_MIN, 0));
    say(kill(getpid(), 65));
    say(kill(getpid(), -1));
    say(sigqueue(INT_MAX, SIGUSR1, (union sigval) { 0 }));
}

// A zombie keeps its number, and what is sent to it harms nobody.
static void zombie(void)
{
    siginfo_t info;
    pid_t pid = fork();
    if (pid == 0)
        _exit(5);
    waitid(P_PID, pid, &info, WEXITED | WNOWAIT);
    say(kill(pid, SIGKILL));
    say(kill(pid, 0));
    reap("zombie", pid);
}

static void typed(void)
{
    char c = 'x';
    int fds[2];
    pipe(fds);
    say(ioctl(fds[0], TIOCSTI, &c));
    int null = open("/dev/null", O_RDWR);
    say(ioctl(null, TIOCSTI, &c));
    say(ioctl(null, TIOCSCTTY, 0));
    say(open("/dev/tty", O_RDWR | O_NOCTTY) == -1);
}

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "descriptors") == 0) {
        for (int fd = 40; fd < 44; fd++)
            say(fcntl(fd, F_GETFD));
        return 0;
    }
    if (argc > 1)
        return 3;
    setsid();
    scratch();
    interpreters();
    sizes(argv[0]);
    reopened();
    kept(argv[0]);
    ids();
    zombie();
    typed();
    return 0;
}
