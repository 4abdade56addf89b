;; A program without memory runs as long as it needs none.
;; The built-in wants a memory for every call, proc_exit too, so it is left out.
;;
;; expect: exit=5
;; compare:
(module
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (func (export "_start")
    (call $proc_exit (i32.const 5))))
