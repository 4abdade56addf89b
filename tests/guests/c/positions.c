// Each open has its own position; the file is shared.
//
// preopen: /data
// expect: exit=0
// compare: builtin native
#include "guest.h"

int main(int argc, char **argv) {
    (void)argc;
    char *path = in(argv[1], "file"), a = 0, b = 0;
    put(path, "0123456789");
    int first = open(path, O_RDWR), second = open(path, O_RDWR);
    lseek(first, 5, SEEK_SET);
    equal("read by the first", read(first, &a, 1), 1);
    equal("read by the second", read(second, &b, 1), 1);
    equal("the first's byte", a, '5');
    equal("the second's byte", b, '0');
    equal("write by the first", write(first, "X", 1), 1);
    lseek(second, 6, SEEK_SET);
    equal("read by the second", read(second, &b, 1), 1);
    equal("sees it", b, 'X');
    want("truncate by the first", outcome(ftruncate(first, 2)), 0);
    equal("read by the second", read(second, &b, 1), 0);
    return finish();
}
