;; Imports a function that nobody offers: refused before anything runs, with the import's name in the message.
;;
;; expect: rejected
;; compare: builtin
(module
  (import "wasi_snapshot_preview1" "path_teleport" (func (param i32) (result i32)))
  (memory (export "memory") 1)
  (func (export "_start")))
