;; Imports a function with parameters it does not have: refused before anything runs.
;;
;; expect: rejected
;; compare: builtin
(module
  (import "wasi_snapshot_preview1" "fd_close" (func (param i64) (result i32)))
  (memory (export "memory") 1)
  (func (export "_start")))
