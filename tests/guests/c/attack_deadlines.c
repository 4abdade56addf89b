// wasm-only
// Deadlines in the past and far beyond every range, beside one that is due: the call returns at once.
//
// class: extreme times
// expect: exit=0
// compare: builtin
#include "guest.h"
#include "preview1.h"

int main(void) {
    static const uint64_t timeouts[] = {
        0x7fffffffffffffff, 0x8000000000000000, 0xffffffffffffffff, 0xfffffffffffffffe, 3600000000000,
    };
    struct subscription list[2];
    struct event events[2];
    uint32_t happened;
    uint64_t start, end;
    int failed = 0, wrong = 0;
    wasi_clock_time_get(CLOCK_IS_MONOTONIC, 0, ADDRESS(&start));
    for (int clock = CLOCK_IS_REALTIME; clock <= CLOCK_IS_MONOTONIC; clock++) {
        for (int absolute = 0; absolute <= 1; absolute++) {
            for (int i = 0; i < 5; i++) {
                memset(list, 0, sizeof list);
                memset(events, 0, sizeof events);
                list[0].userdata = 1;
                list[0].clock.id = clock;
                list[0].clock.timeout = timeouts[i] == 3600000000000 && absolute ? UINT64_MAX - 1 : timeouts[i];
                list[0].clock.precision = UINT64_MAX;
                list[0].clock.flags = absolute;
                list[1].userdata = 2;
                list[1].clock.id = CLOCK_IS_MONOTONIC;
                failed += wasi_poll_oneoff(ADDRESS(list), ADDRESS(events), 2, ADDRESS(&happened)) != 0;
                wrong += happened < 1 || events[0].userdata != 2;
            }
        }
    }
    wasi_clock_time_get(CLOCK_IS_MONOTONIC, 0, ADDRESS(&end));
    equal("failed", failed, 0);
    equal("not the one that was due", wrong, 0);
    check("all within ten seconds", end - start < 10000000000);
    return finish();
}
