// Limits, usage, times, priorities, the names of the system.
//
// expect: exit=0
// compare: native
#include <sys/resource.h>
#include <sys/times.h>
#include <sys/utsname.h>
#include "sdk.h"

int main(void)
{
    struct rlimit limit, old;
    struct rusage usage;
    struct tms tms;
    say(getrlimit(RLIMIT_NOFILE, &old));
    truth(old.rlim_cur > 16 && old.rlim_max >= old.rlim_cur);
    limit = (struct rlimit) { 16, old.rlim_max };
    say(setrlimit(RLIMIT_NOFILE, &limit));
    say(fcntl(1, F_DUPFD, 16));
    say(fcntl(1, F_DUPFD, 15));
    say(open("/dev/null", O_RDONLY) < 16);
    say(dup2(1, 16));
    pid_t pid = fork();
    if (pid == 0) {
        getrlimit(RLIMIT_NOFILE, &limit);
        _exit((int)limit.rlim_cur);
    }
    reap("a child's limit", pid);
    say(sysconf(_SC_OPEN_MAX));
    limit = (struct rlimit) { 20, 10 };
    say(setrlimit(RLIMIT_NOFILE, &limit));
    say(getrlimit(77, &limit));
    say(getrlimit(RLIMIT_CORE, &limit));

    volatile double x = 1;
    for (int i = 0; i < 3000000; i++)
        x = x * 1.0000001;
    say(getrusage(RUSAGE_SELF, &usage));
    truth(usage.ru_utime.tv_sec > 0 || usage.ru_utime.tv_usec > 0 || usage.ru_stime.tv_usec > 0);
    say(getrusage(RUSAGE_CHILDREN, &usage));
    say(getrusage(99, &usage));
    truth(times(&tms) != (clock_t)-1);
    say(sysconf(_SC_CLK_TCK));
    errno = 0;
    say(getpriority(PRIO_PROCESS, 0));
    say(nice(5));
    say(getpriority(PRIO_PROCESS, 0));
    struct utsname name;
    say(uname(&name));
    char host[256];
    say(gethostname(host, sizeof host));
    truth(strcmp(host, name.nodename) == 0);
    return 0;
}
