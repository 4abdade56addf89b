/* Tables of lines with fields between colons: /etc/passwd and /etc/group. */
#ifndef MARCOTTE_LINES_H
#define MARCOTTE_LINES_H

#include <stdbool.h>
#include <stdio.h>

/* Reads the next line into buffer, without its newline. 0, ERANGE when it does not fit, ENOENT at the end. */
int marcotte_line(FILE *file, char *buffer, size_t room);
/* Splits text at its colons; false unless there are exactly `count` fields. */
bool marcotte_fields(char *text, char **fields, int count);
/* A number that is all of text. */
bool marcotte_number(const char *text, unsigned *value);

#endif
