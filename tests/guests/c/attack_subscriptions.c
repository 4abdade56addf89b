// wasm-only
// 100,000 subscriptions in one call, all of them due: some event or a limit's error, at once.
//
// class: limits
// class: guest-sized allocation
// expect: exit=0
// compare: builtin
#include "guest.h"
#include "preview1.h"

enum { many = 100000 };

int main(void) {
    struct subscription *list = calloc(many, sizeof *list);
    struct event *events = calloc(many, sizeof *events);
    uint32_t happened = 0;
    uint64_t start, end;
    for (int i = 0; i < many; i++) {
        list[i].userdata = i + 1;
        list[i].clock.id = CLOCK_IS_MONOTONIC;
    }
    wasi_clock_time_get(CLOCK_IS_MONOTONIC, 0, ADDRESS(&start));
    uint32_t error = wasi_poll_oneoff(ADDRESS(list), ADDRESS(events), many, ADDRESS(&happened));
    wasi_clock_time_get(CLOCK_IS_MONOTONIC, 0, ADDRESS(&end));
    check("some event or a refusal", error == 0 ? happened >= 1 && happened <= many
                                                : error == EINVAL || error == ENOMEM || error == E2BIG);
    check("an event of ours", error != 0 || (events[0].userdata >= 1 && events[0].userdata <= many));
    check("within ten seconds", end - start < 10000000000);
    return finish();
}
