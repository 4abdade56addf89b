;; Imports from a module that nobody offers: refused before anything runs, with the module's name in the message.
;;
;; expect: rejected
;; compare: builtin
(module
  (import "someone_else" "proc_exit" (func (param i32)))
  (memory (export "memory") 1)
  (func (export "_start")))
