// 100,000 bytes read in pieces of changing size, by read and by readv: none is lost, doubled or out of place.
//
// stdin: "0123456789" * 10000
// expect: exit=0
// compare: builtin native
// stdout: "bytes: 100000\nin order: yes\ndone\n"
#include "guest.h"

int main(void) {
    static char buffer[5000];
    static const int sizes[] = {1, 2, 3, 7, 64, 1000, 4999};
    long long total = 0;
    int in_order = 1;
    for (int turn = 0;; turn++) {
        int size = sizes[turn % 7];
        struct iovec parts[2] = {{buffer, size / 3}, {buffer + size / 3, size - size / 3}};
        ssize_t got = turn % 2 == 0 ? read(0, buffer, size) : readv(0, parts, 2);
        if (got <= 0) {
            break;
        }
        for (ssize_t i = 0; i < got; i++) {
            in_order &= buffer[i] == '0' + (total + i) % 10;
        }
        total += got;
    }
    equal("bytes", total, 100000);
    check("in order", in_order);
    return finish();
}
