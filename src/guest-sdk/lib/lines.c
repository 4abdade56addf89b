#include "lines.h"
#include "internal.h"
#include <stdlib.h>

int marcotte_line(FILE *file, char *buffer, size_t room)
{
    size_t length = 0;
    bool cut = false;
    int c;
    while ((c = getc(file)) != EOF && c != '\n') {
        if (length + 1 < room)
            buffer[length++] = (char)c;
        else
            cut = true;
    }
    if (room > 0)
        buffer[length] = '\0';
    return cut ? ERANGE : c == EOF && length == 0 ? ENOENT : 0;
}

bool marcotte_fields(char *text, char **fields, int count)
{
    for (int i = 0; i < count; i++) {
        fields[i] = text;
        char *colon = strchr(text, ':');
        if ((colon == NULL) != (i == count - 1))
            return false;
        if (colon != NULL) {
            *colon = '\0';
            text = colon + 1;
        }
    }
    return true;
}

bool marcotte_number(const char *text, unsigned *value)
{
    char *end;
    if (*text < '0' || *text > '9')
        return false;
    *value = (unsigned)strtoul(text, &end, 10);
    return *end == '\0';
}
