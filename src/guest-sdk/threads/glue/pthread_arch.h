/* Where a thread finds itself: in its own thread-local storage. */
#include <stdint.h>

extern _Thread_local struct __pthread marcotte_thread;

static inline uintptr_t __get_tp(void) { return (uintptr_t)&marcotte_thread; }

#define MC_PC pc
