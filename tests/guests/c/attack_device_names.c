// Names that are devices, drives or streams on Windows are ordinary names in a box's own memory, and no path is ever
// read as one of another system's (CVE-2024-51745). On a Windows host's directory they are to be refused instead.
//
// class: device names
// preopen: /data
// expect: exit=0
// compare: builtin native
#include "guest.h"

int main(int argc, char **argv) {
    (void)argc;
    static const char *names[] = {
        "NUL", "nul", "CON", "PRN", "AUX", "AUX.txt", "COM1", "COM\xc2\xb9", "LPT9", "LPT\xe2\x81\xb0", "CONIN$", "NUL .txt",
        "C:", "C:\\windows", "a:b", "file::$DATA", "\\\\server\\share", "\\\\?\\C:\\x", "..\\..\\outside", "\\", "?", "trailing. ",
    };
    int count = sizeof names / sizeof *names, entries = 0;
    for (int i = 0; i < count; i++) {
        put(in(argv[1], names[i]), names[i]);
    }
    for (int i = 0; i < count; i++) {
        text("content", get(in(argv[1], names[i])), names[i]);
    }
    DIR *listing = opendir(argv[1]);
    while (readdir(listing) != NULL) {
        entries++;
    }
    closedir(listing);
    equal("entries", entries - 2, count);
    return finish();
}
