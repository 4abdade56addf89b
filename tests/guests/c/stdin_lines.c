// Lines from standard input, the last one without its end; then the end of the file, again and again.
//
// stdin: "first\n\nthird line\nno end"
// expect: exit=0
// compare: builtin native
// stdout: "1: [first]\n2: []\n3: [third line]\n4: [no end]\nat the end: yes\nagain: 0\nand again: 0\ndone\n"
#include "guest.h"

int main(void) {
    char line[64], byte;
    for (int number = 1; fgets(line, sizeof line, stdin) != NULL; number++) {
        line[strcspn(line, "\n")] = '\0';
        say("%d: [%s]", number, line);
    }
    check("at the end", feof(stdin) && !ferror(stdin));
    equal("again", read(0, &byte, 1), 0);
    equal("and again", read(0, &byte, 1), 0);
    return finish();
}
