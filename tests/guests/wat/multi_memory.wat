;; Two memories: calls use the one exported as "memory", also when it is not the first.
;;
;; needs: multi-memory
;; expect: exit=0
;; compare: builtin
;; stdout: "right\n"
(module
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (memory $other 1)
  (memory $main (export "memory") 2)
  (data (memory $other) (i32.const 0) "\10\00\00\00\06\00\00\00")
  (data (memory $other) (i32.const 16) "wrong\n")
  (data (memory $main) (i32.const 0) "\10\00\00\00\06\00\00\00")
  (data (memory $main) (i32.const 16) "right\n")
  (func (export "_start")
    (if (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8))
      (then (call $proc_exit (i32.const 1))))
    (if (i32.ne (i32.load $main (i32.const 8)) (i32.const 6))
      (then (call $proc_exit (i32.const 2))))
    (if (i32.load $other (i32.const 8))
      (then (call $proc_exit (i32.const 3))))))
