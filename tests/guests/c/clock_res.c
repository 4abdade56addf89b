// Each clock has a resolution above zero and not above a second.
//
// expect: exit=0
// compare: builtin native
#include "guest.h"

static void resolution(const char *name, clockid_t clock) {
    struct timespec value = {-1, -1};
    say("%s", name);
    want("getres", outcome(clock_getres(clock, &value)), 0);
    check("above zero", value.tv_sec > 0 || value.tv_nsec > 0);
    check("not above a second", value.tv_sec < 1 || (value.tv_sec == 1 && value.tv_nsec == 0));
}

int main(void) {
    resolution("realtime", CLOCK_REALTIME);
    resolution("monotonic", CLOCK_MONOTONIC);
    return finish();
}
