;; Grows its memory page by page until it may not: memory.grow answers -1 at the limit and never traps.
;;
;; limit: memory=16777216
;; expect: exit=0
;; compare: builtin
(module
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (memory (export "memory") 1)
  (func (export "_start")
    (block $full
      (loop $more
        (br_if $full (i32.eq (memory.grow (i32.const 1)) (i32.const -1)))
        (i32.store (i32.sub (i32.mul (memory.size) (i32.const 65536)) (i32.const 4)) (i32.const 1))
        (br $more)))
    ;; 16 MB are 256 pages: not one more, and no fewer.
    (if (i32.ne (memory.size) (i32.const 256))
      (then (call $proc_exit (i32.const 1))))
    ;; A step as large as the address space is refused too.
    (if (i32.ne (memory.grow (i32.const 65535)) (i32.const -1))
      (then (call $proc_exit (i32.const 2))))))
