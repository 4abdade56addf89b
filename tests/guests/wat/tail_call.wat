;; Ten million tail calls in a stack that would hold a few thousand plain ones.
;;
;; needs: tail-call
;; expect: exit=0
;; compare: builtin
(module
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (memory (export "memory") 1)
  (func $count (param $left i32) (param $done i32) (result i32)
    (if (i32.eqz (local.get $left)) (then (return (local.get $done))))
    (return_call $count (i32.sub (local.get $left) (i32.const 1)) (i32.add (local.get $done) (i32.const 1))))
  (func (export "_start")
    (if (i32.ne (call $count (i32.const 10000000) (i32.const 0)) (i32.const 10000000))
      (then (call $proc_exit (i32.const 1))))))
