// Memory that was not there when the program started is memory like any other: 64 MB more, and calls that read and
// write its first, its last and its middle bytes.
//
// preopen: /data
// expect: exit=0
// compare: builtin native
#include "guest.h"

enum { size = 64 << 20 };

int main(int argc, char **argv) {
    (void)argc;
    char *path = in(argv[1], "file");
    char *memory = malloc(size);
    check("memory", memory != NULL);
    memcpy(memory, "first", 5);
    memcpy(memory + size - 4, "last", 4);
    int fd = open(path, O_RDWR | O_CREAT, 0666);
    equal("write from its start", write(fd, memory, 5), 5);
    equal("write from its end", write(fd, memory + size - 4, 4), 4);
    equal("read into its middle", pread(fd, memory + size / 2, 9, 0), 9);
    check("the bytes", memcmp(memory + size / 2, "firstlast", 9) == 0);
    want("random into its end", outcome(getentropy(memory + size - 16, 16)), 0);

    // Growing again and again, with a call in each new part.
    int right = 0;
    for (int i = 0; i < 64; i++) {
        char *part = malloc(1 << 20);
        right += part != NULL && pread(fd, part + (1 << 20) - 5, 5, 0) == 5 && memcmp(part + (1 << 20) - 5, "first", 5) == 0;
    }
    equal("parts used", right, 64);
    return finish();
}
