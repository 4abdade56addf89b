;; A memory whose pages are single bytes: its end is where it says, not at the next 64 KB. EFAULT beyond it.
;; Wasmtime reads such a module only when the feature is switched on, and its .NET interface has no switch.
;;
;; needs: custom-page-sizes
;; expect: exit=0 rejected
;; compare:
(module
  (import "wasi_snapshot_preview1" "random_get" (func $random_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (memory (export "memory") 100 (pagesize 1))
  (func (export "_start")
    (if (call $random_get (i32.const 92) (i32.const 8))
      (then (call $proc_exit (i32.const 1))))
    (if (i32.ne (call $random_get (i32.const 93) (i32.const 8)) (i32.const 21))
      (then (call $proc_exit (i32.const 2))))))
