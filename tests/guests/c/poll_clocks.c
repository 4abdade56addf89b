// wasm-only
// Several clocks: one wait, and the earliest fires with its own userdata; a deadline in the past and a timeout of
// nothing fire at once, on both clocks.
//
// expect: exit=0
// compare: builtin
#include "guest.h"
#include "preview1.h"

static struct subscription after(uint64_t userdata, uint32_t clock, uint64_t timeout, int absolute) {
    struct subscription one;
    memset(&one, 0, sizeof one);
    one.userdata = userdata;
    one.tag = EVENT_CLOCK;
    one.clock.id = clock;
    one.clock.timeout = timeout;
    one.clock.flags = absolute;
    return one;
}

static uint64_t now(uint32_t clock) {
    uint64_t time = 0;
    wasi_clock_time_get(clock, 1, ADDRESS(&time));
    return time;
}

static void wait_for(const char *what, struct subscription *list, uint32_t count, uint64_t winner) {
    struct event events[4];
    uint32_t happened = 99;
    memset(events, 0xff, sizeof events);
    say("%s", what);
    want("poll", wasi_poll_oneoff(ADDRESS(list), ADDRESS(events), count, ADDRESS(&happened)), 0);
    check("some events", happened >= 1 && happened <= count);
    check("the winner's userdata", events[0].userdata == winner);
    equal("its error", events[0].error, 0);
    equal("its type", events[0].type, EVENT_CLOCK);
}

int main(void) {
    struct subscription list[3];
    uint64_t start = now(CLOCK_IS_MONOTONIC);
    list[0] = after(0xdead00000001, CLOCK_IS_MONOTONIC, 3600000000000, 0);
    list[1] = after(0xfeedfacecafebeef, CLOCK_IS_MONOTONIC, 20000000, 0);
    list[2] = after(3, CLOCK_IS_REALTIME, 3600000000000, 0);
    wait_for("the earliest of three", list, 3, 0xfeedfacecafebeef);
    check("it took 20 ms", now(CLOCK_IS_MONOTONIC) - start >= 20000000);
    check("it took no hour", now(CLOCK_IS_MONOTONIC) - start < 60000000000);

    list[0] = after(4, CLOCK_IS_MONOTONIC, 0, 0);
    wait_for("nothing to wait for", list, 1, 4);

    list[0] = after(5, CLOCK_IS_MONOTONIC, now(CLOCK_IS_MONOTONIC) + 10000000, 1);
    wait_for("a deadline ahead", list, 1, 5);

    list[0] = after(6, CLOCK_IS_MONOTONIC, 1, 1);
    wait_for("a deadline long past", list, 1, 6);

    list[0] = after(7, CLOCK_IS_REALTIME, 0, 1);
    wait_for("a deadline at the epoch", list, 1, 7);

    list[0] = after(8, CLOCK_IS_REALTIME, now(CLOCK_IS_REALTIME) + 10000000, 1);
    wait_for("a wall clock deadline ahead", list, 1, 8);
    return finish();
}
