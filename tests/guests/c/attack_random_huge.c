// wasm-only
// 64 MB of random bytes in one call, again and again: given whole or refused, and no host memory goes with it.
//
// class: guest-sized allocation
// expect: exit=0
// compare: builtin
#include "guest.h"
#include "preview1.h"

enum { size = 64 << 20 };

int main(void) {
    unsigned char *memory = calloc(1, size);
    int given = 0, refusals = 0, half = 0;
    for (int i = 0; i < 4; i++) {
        memory[size - 1] = memory[size - 2] = memory[size - 3] = memory[size - 4] = 0;
        uint32_t error = wasi_random_get(ADDRESS(memory), size);
        int filled = memory[size - 1] | memory[size - 2] | memory[size - 3] | memory[size - 4];
        given += error == 0;
        refusals += error != 0;
        half += error == 0 && !filled;
    }
    equal("given or refused", given + refusals, 4);
    equal("given in part", half, 0);
    return finish();
}
