;; Vectors of 128 bits.
;;
;; needs: simd
;; expect: exit=0
;; compare: builtin
(module
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (memory (export "memory") 1)
  (func (export "_start")
    (v128.store (i32.const 16)
      (i32x4.mul (v128.const i32x4 1 2 3 4) (v128.const i32x4 10 20 30 40)))
    (if (i32.ne (i32.load (i32.const 28)) (i32.const 160))
      (then (call $proc_exit (i32.const 1))))
    (if (i32.ne (i32x4.extract_lane 2 (v128.load (i32.const 16))) (i32.const 90))
      (then (call $proc_exit (i32.const 2))))))
