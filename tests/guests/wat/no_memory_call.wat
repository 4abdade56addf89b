;; A program without memory calls a function that needs some: an error of the guest's, not of the host's.
;; What the host does is its choice among two: EFAULT as the result (status 21), or a trap.
;; The built-in traps.
;;
;; expect: exit=21 trap
;; compare: builtin
(module
  (import "wasi_snapshot_preview1" "random_get" (func $random_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (func (export "_start")
    (call $proc_exit (call $random_get (i32.const 0) (i32.const 8)))))
