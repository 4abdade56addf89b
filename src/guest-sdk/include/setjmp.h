/* setjmp and longjmp: stack_checkpoint and stack_restore of WASIX.
   The checkpoint holds what asyncify keeps; the buffer holds its name, the value and, for sigsetjmp, the mask. */
#ifndef _SETJMP_H
#define _SETJMP_H

#include <features.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct __marcotte_jmp_buf {
    uint64_t __snapshot[3];
    uint64_t __value;
    uint64_t __mask;
    int __masked;
} jmp_buf[1];
typedef jmp_buf sigjmp_buf;

int __marcotte_setjmp(jmp_buf, int) __attribute__((__returns_twice__));
_Noreturn void __marcotte_longjmp(jmp_buf, int);

#define setjmp(buffer) __marcotte_setjmp(buffer, 0)
#define _setjmp(buffer) __marcotte_setjmp(buffer, 0)
#define sigsetjmp(buffer, mask) __marcotte_setjmp(buffer, (mask) != 0)
#define __sigsetjmp(buffer, mask) __marcotte_setjmp(buffer, (mask) != 0)
#define longjmp(buffer, value) __marcotte_longjmp(buffer, value)
#define _longjmp(buffer, value) __marcotte_longjmp(buffer, value)
#define siglongjmp(buffer, value) __marcotte_longjmp(buffer, value)

#ifdef __cplusplus
}
#endif

#endif
