// wasm-only
// A clock that does not exist is EINVAL; precision is a hint that is never an error.
// The built-in traps on a clock that it cannot decode, so it is left out.
//
// expect: exit=0
// compare:
#include "guest.h"
#include "preview1.h"

int main(void) {
    uint64_t time = 0;
    want("time of clock 4", wasi_clock_time_get(4, 0, ADDRESS(&time)), EINVAL);
    want("time of clock -1", wasi_clock_time_get(UINT32_MAX, 0, ADDRESS(&time)), EINVAL);
    want("resolution of clock 4", wasi_clock_res_get(4, ADDRESS(&time)), EINVAL);
    want("precision 0", wasi_clock_time_get(CLOCK_IS_MONOTONIC, 0, ADDRESS(&time)), 0);
    want("precision beyond reason", wasi_clock_time_get(CLOCK_IS_MONOTONIC, UINT64_MAX, ADDRESS(&time)), 0);
    return finish();
}
