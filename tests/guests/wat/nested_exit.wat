;; proc_exit a thousand calls deep, with a value that a library could mistake for an errno: it ends the process there.
;;
;; expect: exit=76
;; compare: builtin
(module
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (memory (export "memory") 1)
  (func $deeper (param i32)
    (if (i32.eqz (local.get 0)) (then (call $proc_exit (i32.const 76))))
    (call $deeper (i32.sub (local.get 0) (i32.const 1)))
    (call $proc_exit (i32.const 1)))
  (func (export "_start")
    (call $deeper (i32.const 1000))
    unreachable))
