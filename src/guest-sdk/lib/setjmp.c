/*
 * setjmp and longjmp. The value lands in the buffer, not in this function's frame: by the time of the jump that memory
 * is another function's.
 */
#include "internal.h"
#include <setjmp.h>

int __marcotte_setjmp(jmp_buf buffer, int masked)
{
    buffer->__masked = masked;
    buffer->__value = 0;
    if (masked)
        marcotte_mask(3, 0, &buffer->__mask);
    if (marcotte_stack_checkpoint(buffer->__snapshot, &buffer->__value) != 0)
        __builtin_trap();
    return (int)buffer->__value;
}

_Noreturn void __marcotte_longjmp(jmp_buf buffer, int value)
{
    if (buffer->__masked)
        marcotte_mask(SIG_SETMASK, buffer->__mask, NULL);
    marcotte_stack_restore(buffer->__snapshot, (uint64_t)(value == 0 ? 1 : value));
    __builtin_unreachable();
}
