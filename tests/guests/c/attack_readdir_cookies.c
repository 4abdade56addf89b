// wasm-only
// Cookies that no listing gave: the call ends, with an error or with records, and never fills more than the buffer.
//
// class: removed directory
// preopen: /data
// expect: exit=0
// compare: builtin
#include "guest.h"
#include "preview1.h"

int main(int argc, char **argv) {
    (void)argc;
    static unsigned char buffer[4096 + 16];
    static const uint64_t cookies[] = {
        1, 2, 3, 7, 100, 0x7fffffff, 0x80000000, 0xffffffff, 0x100000000, 0x7fffffffffffffff, 0x8000000000000000,
        0xfffffffffffffffe, 0xffffffffffffffff, 0x123456789abcdef,
    };
    char name[16];
    int overfilled = 0, touched = 0;
    for (int i = 0; i < 20; i++) {
        snprintf(name, sizeof name, "entry%d", i);
        put(in(argv[1], name), "");
    }
    for (unsigned i = 0; i < sizeof cookies / sizeof *cookies; i++) {
        uint32_t used = 0;
        memset(buffer, 0xee, sizeof buffer);
        uint32_t error = wasi_fd_readdir(3, ADDRESS(buffer), 4096, cookies[i], ADDRESS(&used));
        overfilled += error == 0 && used > 4096;
        for (int j = 4096; j < 4096 + 16; j++) {
            touched += buffer[j] != 0xee;
        }
    }
    equal("overfilled", overfilled, 0);
    equal("bytes touched behind the buffer", touched, 0);
    uint32_t used = 0;
    want("a good cookie", wasi_fd_readdir(3, ADDRESS(buffer), 4096, 0, ADDRESS(&used)), 0);
    check("still lists", used > 20 * 24);
    return finish();
}
