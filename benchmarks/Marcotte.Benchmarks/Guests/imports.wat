;; What every guest here begins with. No guest calls all of it; an import that is not called costs nothing.
;;
;; Memory:     8  letters of a directory's name       16  iovec: the 64 bytes        24  iovec: the 4,096 bytes
;;            32  count of bytes moved                40  offset, or a time          48  descriptor
;;            64  filestat                           128  "data"                    160  "a/b/c/d/e/f/g/data"
;;           192  letters of a file's name          4096  the 64 bytes             8192  the 4,096 bytes
;;         65536  listing, 64 KiB
;;
;; The count of bytes moved starts as what a right answer would be, so that a loop whose imports are empty runs as well.
(import "wasi_snapshot_preview1" "sched_yield" (func $sched_yield (result i32)))
(import "wasi_snapshot_preview1" "clock_time_get" (func $clock_time_get (param i32 i64 i32) (result i32)))
(import "wasi_snapshot_preview1" "random_get" (func $random_get (param i32 i32) (result i32)))
(import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
(import "wasi_snapshot_preview1" "fd_read" (func $fd_read (param i32 i32 i32 i32) (result i32)))
(import "wasi_snapshot_preview1" "fd_pread" (func $fd_pread (param i32 i32 i32 i64 i32) (result i32)))
(import "wasi_snapshot_preview1" "fd_seek" (func $fd_seek (param i32 i64 i32 i32) (result i32)))
(import "wasi_snapshot_preview1" "fd_close" (func $fd_close (param i32) (result i32)))
(import "wasi_snapshot_preview1" "fd_readdir" (func $fd_readdir (param i32 i32 i32 i64 i32) (result i32)))
(import "wasi_snapshot_preview1" "path_create_directory" (func $path_create_directory (param i32 i32 i32) (result i32)))
(import "wasi_snapshot_preview1" "path_filestat_get" (func $path_filestat_get (param i32 i32 i32 i32 i32) (result i32)))
(import "wasi_snapshot_preview1" "path_open"
  (func $path_open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))

(memory (export "memory") 2)
(data (i32.const 16) "\00\10\00\00\40\00\00\00" "\00\20\00\00\00\10\00\00")
(data (i32.const 128) "data")
(data (i32.const 160) "a/b/c/d/e/f/g/data")

;; Ends the guest when a call failed: a benchmark of failing calls measures nothing.
(func $check (param $errno i32)
  (if (local.get $errno) (then (unreachable))))
