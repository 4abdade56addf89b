// Any bytes but a slash make a name: spaces, quotes, newlines, accents, a dash, a leading dot, what looks like a pattern.
//
// preopen: /data
// expect: exit=0
// compare: builtin native
#include "guest.h"

int main(int argc, char **argv) {
    (void)argc;
    static const char *names[] = {
        "with space", "quote\"d", "new\nline", "tab\t", "back\\slash", "caf\xc3\xa9", "\xe2\x82\xac", "-dash", ".hidden",
        "*?[a]", "colon:colon", "trailing.", "trailing ", "~", "$HOME", "%41", "\x01", "\xf0\x9f\x98\x80",
    };
    int count = sizeof names / sizeof *names, found = 0;
    for (int i = 0; i < count; i++) {
        put(in(argv[1], names[i]), names[i]);
        text("made", get(in(argv[1], names[i])), names[i]);
    }
    DIR *listing = opendir(argv[1]);
    for (struct dirent *entry; (entry = readdir(listing)) != NULL;) {
        for (int i = 0; i < count; i++) {
            found += strcmp(entry->d_name, names[i]) == 0;
        }
    }
    closedir(listing);
    equal("listed", found, count);
    return finish();
}
