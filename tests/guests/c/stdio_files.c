// The C library's streams on a file: modes, position, pushing back, appending, the end of the file.
//
// preopen: /data
// expect: exit=0
// compare: builtin native
#include "guest.h"

int main(int argc, char **argv) {
    (void)argc;
    char *path = in(argv[1], "stream");
    char line[32];
    FILE *file = fopen(path, "w");
    fprintf(file, "one\ntwo\n%d\n", 3);
    equal("position after writing", ftell(file), 10);
    want("close", fclose(file), 0);

    file = fopen(path, "a");
    fputs("four\n", file);
    fclose(file);

    file = fopen(path, "r+");
    equal("first character", getc(file), 'o');
    ungetc('O', file);
    text("line with a pushed back start", fgets(line, sizeof line, file), "One\n");
    fseek(file, 4, SEEK_SET);
    fputs("TWO", file);
    fseek(file, -5, SEEK_END);
    text("last line", fgets(line, sizeof line, file), "four\n");
    check("no line after it", fgets(line, sizeof line, file) == NULL && feof(file));
    rewind(file);
    fread(line, 1, 12, file);
    fclose(file);
    line[12] = '\0';
    text("start", line, "one\nTWO\n3\nfo");

    want("exclusive", outcome_of(fopen(path, "wx")), EEXIST);
    want("missing", outcome_of(fopen(in(argv[1], "none"), "r")), ENOENT);
    want("remove", outcome(remove(path)), 0);
    return finish();
}
