/* Processors. */
#include "internal.h"
#include <sched.h>
#include <unistd.h>

int sched_getaffinity(pid_t pid, size_t size, cpu_set_t *set)
{
    (void)pid;
    memset(set, 0, size);
    long count = sysconf(_SC_NPROCESSORS_ONLN);
    for (long i = 0; i < count && (size_t)i < size * 8; i++)
        CPU_SET_S((size_t)i, size, set);
    return 0;
}

int sched_setaffinity(pid_t pid, size_t size, const cpu_set_t *set) { (void)pid; (void)size; (void)set; return 0; }
int sched_getcpu(void) { return 0; }

int __sched_cpucount(size_t size, const cpu_set_t *set)
{
    const uint8_t *bytes = (const uint8_t *)set;
    int count = 0;
    for (size_t i = 0; i < size; i++)
        count += __builtin_popcount(bytes[i]);
    return count;
}
