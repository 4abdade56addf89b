;; Filling, copying over itself and initialising memory in one instruction each.
;;
;; needs: bulk-memory
;; expect: exit=0
;; compare: builtin
(module
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (memory (export "memory") 1)
  (data $text "abcdef")
  (func (export "_start")
    (memory.fill (i32.const 0) (i32.const 0x11) (i32.const 16))
    (memory.init $text (i32.const 4) (i32.const 0) (i32.const 6))
    (memory.copy (i32.const 6) (i32.const 4) (i32.const 6))
    (if (i64.ne (i64.load (i32.const 4)) (i64.const 0x6665646362616261))
      (then (call $proc_exit (i32.const 1))))))
