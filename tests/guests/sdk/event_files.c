// eventfd, timerfd, signalfd, inotify, and epoll over them.
//
// expect: exit=0
// compare: native
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include "sdk.h"

int main(void)
{
    uint64_t value;
    int event = eventfd(3, EFD_NONBLOCK | EFD_CLOEXEC);
    say(fcntl(event, F_GETFD));
    say(read(event, &value, 8));
    printf("%d\n", (int)value);
    say(read(event, &value, 8));
    say(eventfd_write(event, 2));
    int semaphore = eventfd(2, EFD_SEMAPHORE);
    say(read(semaphore, &value, 8));
    printf("%d\n", (int)value);

    int timer = timerfd_create(CLOCK_MONOTONIC, 0);
    struct itimerspec spec = { { 0, 5000000 }, { 0, 5000000 } };
    say(timerfd_settime(timer, 0, &spec, NULL));
    say(read(timer, &value, 8));
    truth(value >= 1);

    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    sigprocmask(SIG_BLOCK, &set, NULL);
    int signals = signalfd(-1, &set, SFD_NONBLOCK);
    struct signalfd_siginfo info;
    say(read(signals, &info, sizeof info));
    raise(SIGUSR1);
    say(read(signals, &info, sizeof info));
    printf("%d %d\n", info.ssi_signo == SIGUSR1, (pid_t)info.ssi_pid == getpid());

    int epoll = epoll_create1(EPOLL_CLOEXEC);
    struct epoll_event e = { .events = EPOLLIN, .data.u64 = 0x1234567890 }, got[4];
    say(epoll_ctl(epoll, EPOLL_CTL_ADD, event, &e));
    say(epoll_ctl(epoll, EPOLL_CTL_ADD, event, &e));
    say(epoll_wait(epoll, got, 4, -1));
    printf("%d %d\n", got[0].events == EPOLLIN, got[0].data.u64 == 0x1234567890);
    read(event, &value, 8);
    say(epoll_wait(epoll, got, 4, 0));
    e.events = EPOLLIN | EPOLLONESHOT;
    say(epoll_ctl(epoll, EPOLL_CTL_MOD, event, &e));
    eventfd_write(event, 1);
    say(epoll_wait(epoll, got, 4, -1));
    say(epoll_wait(epoll, got, 4, 0));
    say(epoll_ctl(epoll, EPOLL_CTL_DEL, event, NULL));
    say(epoll_ctl(epoll, EPOLL_CTL_DEL, event, NULL));

    scratch();
    int watch = inotify_init1(IN_NONBLOCK);
    truth(inotify_add_watch(watch, ".", IN_CREATE | IN_DELETE) > 0);
    close(creat("new", 0644));
    unlink("new");
    char buffer[512];
    long length = read(watch, buffer, sizeof buffer);
    for (long at = 0; at < length;) {
        struct inotify_event *one = (struct inotify_event *)(buffer + at);
        printf("%s %s\n", one->mask & IN_CREATE ? "created" : "deleted", one->name);
        at += (long)sizeof *one + one->len;
    }
    say(read(watch, buffer, sizeof buffer));
    return 0;
}
