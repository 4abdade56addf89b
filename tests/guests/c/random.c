// Random bytes: two draws differ, a draw fills the whole buffer and not a byte beside it, and drawing nothing works.
//
// expect: exit=0
// compare: builtin native
#include "guest.h"

int main(void) {
    unsigned char first[258], second[258], seen[32];
    memset(first, 0x5a, sizeof first);
    memset(second, 0x5a, sizeof second);
    want("draw", outcome(getentropy(first + 1, 256)), 0);
    want("draw again", outcome(getentropy(second + 1, 256)), 0);
    check("they differ", memcmp(first + 1, second + 1, 256) != 0);
    check("edges untouched", first[0] == 0x5a && first[257] == 0x5a && second[0] == 0x5a && second[257] == 0x5a);

    int kinds = 0;
    memset(seen, 0, sizeof seen);
    for (int i = 1; i <= 256; i++) {
        kinds += !(seen[first[i] / 8] & 1 << first[i] % 8);
        seen[first[i] / 8] |= 1 << first[i] % 8;
    }
    check("many kinds of byte", kinds > 64);

    memset(first, 0, sizeof first);
    want("nothing", outcome(getentropy(first, 0)), 0);
    check("nothing written", first[0] == 0);
    return finish();
}
