;; The module's start section ends the process before _start is ever called.
;; The built-in reports it while the module is instantiated; the status is the same.
;;
;; expect: exit=9
;; compare: builtin
(module
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (memory (export "memory") 1)
  (func $first (call $proc_exit (i32.const 9)))
  (start $first)
  (func (export "_start") unreachable))
