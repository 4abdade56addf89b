;; A module that imports from both generations at once: each follows its own rules on the same descriptors.
;; Wasmtime's .NET interface offers no wasi_unstable of its own to compare with.
;;
;; needs: wasi_unstable
;; preopen: /data
;; setup: file data/file "0123456789"
;; expect: exit=0
;; compare:
(module
  (import "wasi_snapshot_preview1" "path_open"
    (func $path_open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
  (import "wasi_unstable" "fd_seek" (func $old_seek (param i32 i64 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_seek" (func $new_seek (param i32 i64 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (memory (export "memory") 1)
  (data (i32.const 64) "file")
  (func (export "_start") (local $fd i32)
    (if (call $path_open (i32.const 3) (i32.const 0) (i32.const 64) (i32.const 4) (i32.const 0)
          (i64.const 0x26) (i64.const 0) (i32.const 0) (i32.const 0))
      (then (call $proc_exit (i32.const 1))))
    (local.set $fd (i32.load (i32.const 0)))
    (drop (call $old_seek (local.get $fd) (i64.const 0) (i32.const 1) (i32.const 8)))   ;; the end, the old way
    (if (i64.ne (i64.load (i32.const 8)) (i64.const 10)) (then (call $proc_exit (i32.const 2))))
    (drop (call $new_seek (local.get $fd) (i64.const -3) (i32.const 2) (i32.const 8)))  ;; the end, the new way
    (if (i64.ne (i64.load (i32.const 8)) (i64.const 7)) (then (call $proc_exit (i32.const 3))))
    (drop (call $new_seek (local.get $fd) (i64.const 1) (i32.const 1) (i32.const 8)))   ;; here, the new way
    (if (i64.ne (i64.load (i32.const 8)) (i64.const 8)) (then (call $proc_exit (i32.const 4))))))
