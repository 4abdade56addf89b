// Arguments arrive whole: spaces, an empty one, bytes outside ASCII; argv ends with a null pointer.
// The program's own name is not printed: every host gives another.
//
// args: plain "two words" "" "tab\there" "q\"uote" "\xc3\xa9\xe2\x82\xac" -x --long=value
// expect: exit=0
// compare: builtin native
// stdout: "argc 9\n1: [plain]\n2: [two words]\n3: []\n4: [tab\there]\n5: [q\"uote]\n6: [\xc3\xa9\xe2\x82\xac]\n7: [-x]\n8: [--long=value]\nends with null: yes\ndone\n"
#include "guest.h"

int main(int argc, char **argv) {
    say("argc %d", argc);
    for (int i = 1; i < argc; i++) {
        say("%d: [%s]", i, argv[i]);
    }
    check("ends with null", argv[argc] == NULL);
    return finish();
}
