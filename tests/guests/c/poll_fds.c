// wasm-only
// Files are always ready, both ways; standard output can be written; each event carries its own userdata and type.
//
// preopen: /data
// expect: exit=0
// compare: builtin
#include "guest.h"
#include "preview1.h"

static struct subscription ready(uint64_t userdata, uint8_t tag, uint32_t fd) {
    struct subscription one;
    memset(&one, 0, sizeof one);
    one.userdata = userdata;
    one.tag = tag;
    one.fd = fd;
    return one;
}

static void alone(const char *what, struct subscription *one) {
    struct event event;
    uint32_t happened = 99;
    memset(&event, 0xff, sizeof event);
    want(what, wasi_poll_oneoff(ADDRESS(one), ADDRESS(&event), 1, ADDRESS(&happened)), 0);
    equal("events", happened, 1);
    check("its own", event.userdata == one->userdata && event.type == one->tag && event.error == 0);
}

int main(int argc, char **argv) {
    (void)argc;
    struct subscription list[4];
    struct event events[4];
    uint32_t happened = 99;
    int seen[5] = {0};
    put(in(argv[1], "file"), "content");
    int fd = open(in(argv[1], "file"), O_RDWR);

    list[0] = ready(1, EVENT_FD_READ, fd);
    list[1] = ready(2, EVENT_FD_WRITE, fd);
    list[2] = ready(3, EVENT_FD_WRITE, 1);
    memset(&list[3], 0, sizeof list[3]);
    list[3].userdata = 4;
    list[3].tag = EVENT_CLOCK;
    list[3].clock.id = CLOCK_IS_MONOTONIC;
    list[3].clock.timeout = 3600000000000;
    alone("file to read", &list[0]);
    alone("file to write", &list[1]);
    alone("standard output", &list[2]);

    // Together with a clock that has an hour to go: what is ready comes, at least one of it, and the clock does not.
    want("together", wasi_poll_oneoff(ADDRESS(list), ADDRESS(events), 4, ADDRESS(&happened)), 0);
    check("at least one", happened >= 1 && happened <= 3);
    for (uint32_t i = 0; i < happened && i < 4; i++) {
        uint64_t who = events[i].userdata;
        if (who < 1 || who > 3 || seen[who]++ || events[i].error != 0 || events[i].type != list[who - 1].tag) {
            fail("event", "one for each subscription, of its type, without an error");
        }
    }
    return finish();
}
