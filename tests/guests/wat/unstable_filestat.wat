;; The older `wasi_unstable`: a file's record is 56 bytes, its link count 32 bits wide at 20, its size at 24.
;; Wasmtime's .NET interface offers no wasi_unstable of its own to compare with.
;;
;; needs: wasi_unstable
;; preopen: /data
;; setup: file data/file "0123456789"
;; expect: exit=0
;; compare:
(module
  (import "wasi_unstable" "path_filestat_get" (func $filestat (param i32 i32 i32 i32 i32) (result i32)))
  (import "wasi_unstable" "proc_exit" (func $proc_exit (param i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "file")
  (func (export "_start")
    (memory.fill (i32.const 64) (i32.const 0xee) (i32.const 128))
    (if (call $filestat (i32.const 3) (i32.const 0) (i32.const 0) (i32.const 4) (i32.const 64))
      (then (call $proc_exit (i32.const 1))))
    (if (i32.ne (i32.load8_u (i32.const 80)) (i32.const 4))        ;; 64 + 16: a regular file
      (then (call $proc_exit (i32.const 2))))
    (if (i32.ne (i32.load (i32.const 84)) (i32.const 1))           ;; 64 + 20: one link
      (then (call $proc_exit (i32.const 3))))
    (if (i64.ne (i64.load (i32.const 88)) (i64.const 10))          ;; 64 + 24: ten bytes
      (then (call $proc_exit (i32.const 4))))
    (if (i64.eqz (i64.load (i32.const 104)))                       ;; 64 + 40: modified some time
      (then (call $proc_exit (i32.const 5))))
    (if (i64.ne (i64.load (i32.const 120)) (i64.const 0xeeeeeeeeeeeeeeee))  ;; 64 + 56: nothing behind it
      (then (call $proc_exit (i32.const 6))))))
