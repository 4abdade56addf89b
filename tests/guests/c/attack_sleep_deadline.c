// wasm-only
// An absolute deadline at the end of time, on the wall clock: no sum may wrap around to the past, and the host must be
// able to end it.
//
// class: extreme times
// expect: endless
// compare:
// stdout: "sleeping\n"
#include "guest.h"
#include "preview1.h"

int main(void) {
    struct subscription one;
    struct event event;
    uint32_t happened;
    say("sleeping");
    fflush(stdout);
    memset(&one, 0, sizeof one);
    one.clock.id = CLOCK_IS_REALTIME;
    one.clock.timeout = UINT64_MAX;
    one.clock.flags = 1;
    wasi_poll_oneoff(ADDRESS(&one), ADDRESS(&event), 1, ADDRESS(&happened));
    say("woke up");
    return 0;
}
