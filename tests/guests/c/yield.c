// wasm-only
// Yielding succeeds, a thousand times.
//
// expect: exit=0
// compare: builtin
#include "guest.h"
#include "preview1.h"

int main(void) {
    int failed = 0;
    for (int i = 0; i < 1000; i++) {
        failed += wasi_sched_yield() != 0;
    }
    equal("failed yields", failed, 0);
    return finish();
}
