;; The older `wasi_unstable`: a subscription is 56 bytes; a clock's begins with an identifier at 16, then the clock at 24,
;; the timeout at 32. Waits for an hour and for nothing at once: the second must come.
;; Wasmtime's .NET interface offers no wasi_unstable of its own to compare with.
;;
;; needs: wasi_unstable
;; expect: exit=0
;; compare:
(module
  (import "wasi_unstable" "poll_oneoff" (func $poll (param i32 i32 i32 i32) (result i32)))
  (import "wasi_unstable" "proc_exit" (func $proc_exit (param i32)))
  (memory (export "memory") 1)
  (func (export "_start")
    (i64.store (i32.const 0) (i64.const 11))                ;; first: userdata
    (i32.store (i32.const 24) (i32.const 1))                ;;   the monotonic clock
    (i64.store (i32.const 32) (i64.const 3600000000000))    ;;   an hour
    (i64.store (i32.const 56) (i64.const 22))               ;; second: userdata
    (i32.store (i32.const 80) (i32.const 1))                ;;   the monotonic clock
    (if (call $poll (i32.const 0) (i32.const 256) (i32.const 2) (i32.const 512))
      (then (call $proc_exit (i32.const 1))))
    (if (i32.ne (i32.load (i32.const 512)) (i32.const 1))
      (then (call $proc_exit (i32.const 2))))
    (if (i64.ne (i64.load (i32.const 256)) (i64.const 22))
      (then (call $proc_exit (i32.const 3))))))
