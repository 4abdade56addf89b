/* What programs expect of stdlib.h and wasi-libc leaves out. */
#include_next <stdlib.h>

#ifndef GUESTS_STDLIB_H
#define GUESTS_STDLIB_H

char *mktemp(char *template);
char *realpath(const char *path, char *resolved);

#endif
