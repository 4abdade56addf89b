;; proc_exit inside a try that catches everything ends the process all the same: an exit is no exception of the guest's.
;;
;; needs: exceptions
;; expect: exit=4
;; compare: builtin
(module
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (memory (export "memory") 1)
  (func (export "_start")
    (block $caught
      (try_table (catch_all $caught) (call $proc_exit (i32.const 4))))
    (call $proc_exit (i32.const 1))))
