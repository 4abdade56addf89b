/* What programs expect of stdio.h and wasi-libc leaves out. */
#include_next <stdio.h>

#ifndef GUESTS_STDIO_H
#define GUESTS_STDIO_H

#define L_tmpnam 20

FILE *popen(const char *command, const char *mode);
int pclose(FILE *stream);

#endif
