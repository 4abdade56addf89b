/* What wasi-libc's own sources want to know about atomic words, in place of the file of theirs that says "not yet". */
#define a_barrier() __atomic_thread_fence(__ATOMIC_SEQ_CST)
#define a_cas(word, expected, value) __sync_val_compare_and_swap((volatile int *)(word), (expected), (value))
#define a_swap(word, value) __atomic_exchange_n((volatile int *)(word), (value), __ATOMIC_SEQ_CST)
#define a_fetch_add(word, value) __atomic_fetch_add((volatile int *)(word), (value), __ATOMIC_SEQ_CST)
#define a_store(word, value) __atomic_store_n((volatile int *)(word), (value), __ATOMIC_SEQ_CST)
#define a_crash() __builtin_trap()
#define a_clz_32 __builtin_clz
#define a_clz_64 __builtin_clzll
#define a_ctz_32 __builtin_ctz
#define a_ctz_64 __builtin_ctzll
