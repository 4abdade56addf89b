// wasm-only
// A sleep of 584 years: the host must be able to end it from outside, and soon.
//
// class: guest-sized allocation
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
    one.clock.id = CLOCK_IS_MONOTONIC;
    one.clock.timeout = UINT64_MAX;
    wasi_poll_oneoff(ADDRESS(&one), ADDRESS(&event), 1, ADDRESS(&happened));
    say("woke up");
    return 0;
}
