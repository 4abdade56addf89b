// O_APPEND: every write goes to the end, wherever the position is, also when two descriptors take turns.
//
// preopen: /data
// expect: exit=0
// compare: builtin native
#include "guest.h"

int main(int argc, char **argv) {
    (void)argc;
    char *path = in(argv[1], "log"), byte = 0;
    put(path, "0");
    int first = open(path, O_RDWR | O_APPEND), second = open(path, O_WRONLY | O_APPEND), plain = open(path, O_WRONLY);

    equal("first", write(first, "1", 1), 1);
    equal("second", write(second, "2", 1), 1);
    equal("first again", write(first, "3", 1), 1);
    equal("position after it", lseek(first, 0, SEEK_CUR), 4);
    equal("back to the start", lseek(first, 0, SEEK_SET), 0);
    equal("read there", read(first, &byte, 1), 1);
    equal("the byte", byte, '0');
    equal("append from there", write(first, "4", 1), 1);
    equal("position after it", lseek(first, 0, SEEK_CUR), 5);

    equal("overwrite by the plain one", write(plain, "x", 1), 1);
    text("content", get(path), "x1234");
    want("truncate", outcome(ftruncate(plain, 2)), 0);
    equal("append to the rest", write(second, "5", 1), 1);
    text("content", get(path), "x15");
    return finish();
}
