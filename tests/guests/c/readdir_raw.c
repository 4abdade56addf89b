// wasm-only
// fd_readdir fills the buffer to its end, cutting the last record anywhere; a buffer of any length works, down to none;
// less than the whole buffer means the end; an old cookie goes on after its entry.
//
// preopen: /data
// expect: exit=0
// compare: builtin
#include "guest.h"
#include "preview1.h"

static unsigned char buffer[512];

static uint32_t list(uint32_t length, uint64_t cookie) {
    uint32_t used = 99999;
    memset(buffer, 0xee, sizeof buffer);
    uint32_t error = wasi_fd_readdir(3, ADDRESS(buffer), length, cookie, ADDRESS(&used));
    return error == 0 ? used : 100000 + error;
}

int main(int argc, char **argv) {
    (void)argc;
    struct entry record;
    char name[8];
    for (int i = 0; i < 8; i++) {
        snprintf(name, sizeof name, "name%d", i);
        put(in(argv[1], name), "");
    }

    // One record at a time, with a buffer just large enough for one.
    uint64_t cookie = 0, cookies[16];
    int count = 0;
    while (count < 16) {
        uint32_t used = list(24 + 5, cookie);
        if (used < sizeof record) {
            break;
        }
        memcpy(&record, buffer, sizeof record);
        cookie = cookies[count++] = record.next;
    }
    equal("entries", count, 10);
    equal("nothing after the last", list(sizeof buffer, cookie), 0);

    uint32_t total = list(sizeof buffer, 0);
    equal("all at once", total, 24 * 10 + 1 + 2 + 5 * 8);
    equal("exactly that much room", list(total, 0), total);

    // Every shorter buffer is filled to its end, and nothing behind it is touched.
    int wrong = 0;
    for (uint32_t length = 0; length < total; length++) {
        if (list(length, 0) != length || buffer[length] != 0xee) {
            wrong++;
        }
    }
    equal("lengths not filled", wrong, 0);

    list(sizeof buffer, cookies[4]);
    memcpy(&record, buffer, sizeof record);
    check("an old cookie goes on", record.next == cookies[5]);
    equal("the rest", list(sizeof buffer, cookies[8]), 24 + 5);
    return finish();
}
