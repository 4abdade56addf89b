/* setjmp for wasi-libc, which has none. The compiler turns calls of setjmp into WebAssembly exceptions
   (-mllvm -wasm-enable-sjlj) and leaves three functions to a runtime: see ../setjmp.c. */
#ifndef GUESTS_SETJMP_H
#define GUESTS_SETJMP_H

typedef struct {
    void *frame;          /* the activation of the function that called setjmp */
    unsigned int label;   /* which of its setjmp calls this was */
    struct {
        void *env;
        int value;
    } thrown;             /* what longjmp throws; the catching code reads it, so its shape is LLVM's */
} jmp_buf[1];

typedef jmp_buf sigjmp_buf;

int setjmp(jmp_buf env) __attribute__((__returns_twice__));
void longjmp(jmp_buf env, int value) __attribute__((__noreturn__));

/* There are no signal masks here to save. */
#define sigsetjmp(env, save_mask) setjmp(env)
#define siglongjmp(env, value) longjmp(env, value)
#define _setjmp(env) setjmp(env)
#define _longjmp(env, value) longjmp(env, value)

#endif
