/* Closing many. */
#include "internal.h"
#include <unistd.h>

int close_range(unsigned first, unsigned last, int flags)
{
    REQUEST(r, MARCOTTE_OP_CLOSERANGE, 16);
    put32(&r, first);
    put32(&r, last);
    put32(&r, (uint32_t)flags);
    return marcotte_do(&r, NULL, 0);
}

void closefrom(int first) { close_range(first < 0 ? 0 : (unsigned)first, ~0u, 0); }
