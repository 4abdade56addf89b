;; An exception of the standard encoding, thrown two calls deep and caught with its value.
;;
;; needs: exceptions
;; expect: exit=0
;; compare: builtin
(module
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (memory (export "memory") 1)
  (tag $error (param i32))
  (func $inner (throw $error (i32.const 42)))
  (func $outer (call $inner) (call $proc_exit (i32.const 1)))
  (func (export "_start")
    (if (i32.ne (i32.const 42)
          (block $caught (result i32)
            (try_table (catch $error $caught) (call $outer))
            (i32.const 0)))
      (then (call $proc_exit (i32.const 2))))))
