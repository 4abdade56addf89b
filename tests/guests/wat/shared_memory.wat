;; A memory made for threads: a guest of one thread may have it, and calls read and write it like any other.
;; The built-in refuses shared memory (it looks for a plain one), so it is left out.
;;
;; needs: threads
;; expect: exit=0
;; compare:
(module
  (import "wasi_snapshot_preview1" "random_get" (func $random_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (memory (export "memory") 1 2 shared)
  (func (export "_start")
    (if (call $random_get (i32.const 0) (i32.const 16))
      (then (call $proc_exit (i32.const 1))))
    (drop (i32.atomic.rmw.add (i32.const 64) (i32.const 5)))
    (if (i32.ne (i32.atomic.load (i32.const 64)) (i32.const 5))
      (then (call $proc_exit (i32.const 2))))))
