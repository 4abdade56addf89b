// wasm-only
// The argument and environment calls as they are: sizes count the closing NULs, pointers point into the buffer, and
// nothing behind either is touched.
//
// args: one "" three
// env: K=V
// env: EMPTY=
// expect: exit=0
// compare: builtin
#include "guest.h"
#include "preview1.h"

int main(void) {
    address pointers[8];
    char buffer[256];
    uint32_t count = 0, size = 0, expected = 0;
    want("argument sizes", wasi_args_sizes_get(ADDRESS(&count), ADDRESS(&size)), 0);
    equal("count", count, 4);
    memset(pointers, 0xee, sizeof pointers);
    memset(buffer, 0xee, sizeof buffer);
    want("arguments", wasi_args_get(ADDRESS(pointers), ADDRESS(buffer)), 0);
    for (uint32_t i = 0; i < count && i < 8; i++) {
        expected += strlen((char *)pointers[i]) + 1;
        if (i > 0) {
            say("%s", (char *)pointers[i]);
        }
    }
    equal("size", (long long)size - expected, 0);
    check("first pointer", pointers[0] == ADDRESS(buffer));
    check("nothing behind", pointers[count] == 0xeeeeeeee && buffer[size] == (char)0xee);

    want("variable sizes", wasi_environ_sizes_get(ADDRESS(&count), ADDRESS(&size)), 0);
    equal("count", count, 2);
    equal("size", size, 4 + 7);
    memset(buffer, 0xee, sizeof buffer);
    want("variables", wasi_environ_get(ADDRESS(pointers), ADDRESS(buffer)), 0);
    check("first", strcmp((char *)pointers[0], "K=V") == 0);
    check("second", strcmp((char *)pointers[1], "EMPTY=") == 0);
    check("nothing behind", buffer[size] == (char)0xee);
    return finish();
}
