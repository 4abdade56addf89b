;; A 64-bit memory to compute with; preview 1 is made for 32 bits, so no call that takes an address is made.
;;
;; needs: memory64
;; expect: exit=0
;; compare: builtin
(module
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (memory (export "memory") i64 1)
  (func (export "_start")
    (i64.store (i64.const 8) (i64.const 42))
    (if (i64.ne (i64.load (i64.const 8)) (i64.const 42))
      (then (call $proc_exit (i32.const 1))))
    (if (i64.ne (memory.grow (i64.const 1)) (i64.const 1))
      (then (call $proc_exit (i32.const 2))))))
