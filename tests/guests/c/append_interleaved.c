// Two appending descriptors write 2,000 records in turns: each record is whole and each writer's are in order.
//
// preopen: /data
// expect: exit=0
// compare: builtin native
#include "guest.h"

int main(int argc, char **argv) {
    (void)argc;
    char *path = in(argv[1], "log"), record[16];
    int fds[2], next[2] = {0, 0}, whole = 0, writer, number;
    for (int i = 0; i < 2; i++) {
        fds[i] = open(path, O_WRONLY | O_CREAT | O_APPEND, 0666);
    }
    for (int i = 0; i < 2000; i++) {
        int length = snprintf(record, sizeof record, "%d:%d\n", i % 2, i / 2);
        if (write(fds[i % 2], record, length) != length) {
            fail("write", "the whole record");
        }
    }
    FILE *file = fopen(path, "r");
    while (fscanf(file, "%d:%d\n", &writer, &number) == 2 && next[writer] == number) {
        next[writer]++;
        whole++;
    }
    fclose(file);
    equal("records", whole, 2000);
    return finish();
}
