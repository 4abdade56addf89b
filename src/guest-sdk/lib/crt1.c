/*
 * Where a program begins. The host may come back here to rewind (after fork, stack_checkpoint and stack_restore), so
 * nothing here runs twice: asyncify skips what was done. Naming __wasm_call_ctors keeps the linker from wrapping every
 * export, __wasm_signal too, into calls of the constructors.
 */
#include <stdlib.h>

void __wasm_call_ctors(void);
int __original_main(void);
void marcotte_start_signals(void);
void marcotte_start_threads(void);

__attribute__((__export_name__("_start"))) void _start(void)
{
#ifdef _REENTRANT
    marcotte_start_threads();
#endif
    marcotte_start_signals();
    __wasm_call_ctors();
    exit(__original_main());
}
