// Takes memory until there is none: malloc answers NULL at the limit, and what was taken works.
// Natively the guest sets a limit for itself.
//
// class: guest-sized allocation
// limit: memory=67108864
// expect: exit=0
// compare: builtin native
#include "guest.h"

#ifndef __wasi__
#include <sys/resource.h>
#endif

int main(void) {
    enum { piece = 1 << 20 };
    static char *pieces[8192];
    int count = 0, wrong = 0;
#ifndef __wasi__
    setrlimit(RLIMIT_AS, &(struct rlimit){256 << 20, 256 << 20});
#endif
    while (count < 8192 && (pieces[count] = malloc(piece)) != NULL) {
        memset(pieces[count], count & 0xff, piece);
        count++;
    }
    want("in the end", count < 8192 ? errno : 0, ENOMEM);
    check("more than 16 MB was there", count > 16);
    for (int i = 0; i < count; i++) {
        wrong += pieces[i][0] != (char)i || pieces[i][piece - 1] != (char)i;
    }
    equal("wrong pieces", wrong, 0);
    free(pieces[0]);
    check("what is given back can be had again", malloc(piece / 2) != NULL);
    return finish();
}
