// Standard input with bytes waiting is ready to read at once; poll and select agree.
//
// stdin: "x"
// expect: exit=0
// compare: builtin native
#include "guest.h"
#include <poll.h>
#include <sys/select.h>

int main(void) {
    struct pollfd input = {0, POLLIN, 0};
    char byte;
    equal("poll", poll(&input, 1, 5000), 1);
    check("readable", (input.revents & POLLIN) != 0);

    fd_set set;
    struct timeval limit = {5, 0};
    FD_ZERO(&set);
    FD_SET(0, &set);
    equal("select", select(1, &set, NULL, NULL, &limit), 1);
    check("set", FD_ISSET(0, &set));
    equal("read", read(0, &byte, 1), 1);
    return finish();
}
