;; A memory of no pages holds no result (EFAULT); grown by one page it does.
;; The built-in traps on the first, so it is left out.
;;
;; expect: exit=0
;; compare:
(module
  (import "wasi_snapshot_preview1" "random_get" (func $random_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (memory (export "memory") 0)
  (func (export "_start")
    (if (i32.ne (call $random_get (i32.const 0) (i32.const 8)) (i32.const 21))
      (then (call $proc_exit (i32.const 1))))
    (if (i32.ne (memory.grow (i32.const 1)) (i32.const 0))
      (then (call $proc_exit (i32.const 2))))
    (if (call $random_get (i32.const 65528) (i32.const 8))
      (then (call $proc_exit (i32.const 3))))
    (if (i64.eqz (i64.load (i32.const 65528)))
      (then (call $proc_exit (i32.const 4))))))
