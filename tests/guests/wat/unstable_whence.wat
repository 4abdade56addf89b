;; The older `wasi_unstable`: whence is 0 for here, 1 for the end, 2 for the start.
;; Expects /data/file of 10 bytes; each status names the check that failed.
;; Wasmtime's .NET interface offers no wasi_unstable of its own to compare with.
;;
;; needs: wasi_unstable
;; preopen: /data
;; setup: file data/file "0123456789"
;; expect: exit=0
;; compare:
(module
  (import "wasi_unstable" "path_open"
    (func $path_open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
  (import "wasi_unstable" "fd_seek" (func $fd_seek (param i32 i64 i32 i32) (result i32)))
  (import "wasi_unstable" "proc_exit" (func $proc_exit (param i32)))
  (memory (export "memory") 1)
  (data (i32.const 64) "file")
  (func $seek (param $offset i64) (param $whence i32) (param $wanted i64) (param $check i32)
    (if (call $fd_seek (i32.load (i32.const 0)) (local.get $offset) (local.get $whence) (i32.const 8))
      (then (call $proc_exit (local.get $check))))
    (if (i64.ne (i64.load (i32.const 8)) (local.get $wanted))
      (then (call $proc_exit (i32.add (local.get $check) (i32.const 50))))))
  (func (export "_start")
    (if (call $path_open (i32.const 3) (i32.const 0) (i32.const 64) (i32.const 4) (i32.const 0)
          (i64.const 0x26) (i64.const 0) (i32.const 0) (i32.const 0))   ;; read, seek, tell
      (then (call $proc_exit (i32.const 1))))
    (call $seek (i64.const 4) (i32.const 2) (i64.const 4) (i32.const 2))     ;; from the start
    (call $seek (i64.const 3) (i32.const 0) (i64.const 7) (i32.const 3))     ;; from here
    (call $seek (i64.const -1) (i32.const 1) (i64.const 9) (i32.const 4))))  ;; from the end
