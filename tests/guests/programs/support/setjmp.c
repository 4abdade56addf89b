/* The three functions that LLVM's lowering of setjmp and longjmp calls, and the tag it throws.
   A function that calls setjmp passes the address of a local of its own as the mark of this activation;
   when something is caught, it asks whether the buffer thrown was filled by this very activation. */
#include <setjmp.h>

/* The tag of C's longjmp: its one value is a pointer to `thrown`. The number 1 names it to the builtin. */
__asm__(".globl __c_longjmp\n"
        ".tagtype __c_longjmp i32\n"
        "__c_longjmp:\n");
enum { c_longjmp_tag = 1 };

void __wasm_setjmp(void *env, unsigned int label, void *frame) {
    jmp_buf *buffer = env;
    (*buffer)->frame = frame;
    (*buffer)->label = label;
}

/* The label to resume at, or 0 when the exception is for a caller further out. */
unsigned int __wasm_setjmp_test(void *env, void *frame) {
    jmp_buf *buffer = env;
    return (*buffer)->frame == frame ? (*buffer)->label : 0;
}

_Noreturn void __wasm_longjmp(void *env, int value) {
    jmp_buf *buffer = env;
    (*buffer)->thrown.env = env;
    (*buffer)->thrown.value = value == 0 ? 1 : value;
    __builtin_wasm_throw(c_longjmp_tag, &(*buffer)->thrown);
}
