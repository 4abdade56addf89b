// wasm-only
// No subscription at all is EINVAL, and so is an unknown kind. A bad descriptor is an event that says EBADF, beside
// the others' events, so that poll() can say POLLNVAL.
// Of several that are ready all are reported, each once.
// The built-in fails the whole call for a bad descriptor and traps on an unknown kind, and reports only some of those ready, so it is left out.
//
// expect: exit=0
// compare:
#include "guest.h"
#include "preview1.h"
#include <poll.h>

int main(void) {
    struct subscription list[2];
    struct event events[2];
    uint32_t happened = 99;
    want("none", wasi_poll_oneoff(ADDRESS(list), ADDRESS(events), 0, ADDRESS(&happened)), EINVAL);

    memset(list, 0, sizeof list);
    list[0].tag = 3;
    want("unknown kind", wasi_poll_oneoff(ADDRESS(list), ADDRESS(events), 1, ADDRESS(&happened)), EINVAL);

    memset(list, 0, sizeof list);
    list[0].clock.id = 77;
    want("unknown clock, call or event",
         wasi_poll_oneoff(ADDRESS(list), ADDRESS(events), 1, ADDRESS(&happened)) | events[0].error, EINVAL);

    memset(list, 0, sizeof list);
    list[0].userdata = 5;
    list[0].tag = EVENT_FD_READ;
    list[0].fd = 1000;
    want("bad descriptor", wasi_poll_oneoff(ADDRESS(list), ADDRESS(events), 1, ADDRESS(&happened)), 0);
    equal("events", happened, 1);
    equal("userdata", events[0].userdata, 5);
    want("its error", events[0].error, EBADF);
    equal("its type", events[0].type, EVENT_FD_READ);

    for (int i = 0; i < 2; i++) {
        list[i].userdata = 10 + i;
        list[i].tag = EVENT_FD_WRITE;
        list[i].fd = 1 + i;
    }
    want("two ready", wasi_poll_oneoff(ADDRESS(list), ADDRESS(events), 2, ADDRESS(&happened)), 0);
    equal("events", happened, 2);
    equal("their userdata together", events[0].userdata + events[1].userdata, 21);

    struct pollfd descriptor = {1000, POLLIN, 0};
    equal("poll", poll(&descriptor, 1, 1000), 1);
    check("invalid", descriptor.revents == POLLNVAL);
    return finish();
}
