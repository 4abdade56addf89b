;; The module's start section traps: the process never begins.
;;
;; expect: trap=unreachable
;; compare: builtin
(module
  (memory (export "memory") 1)
  (func $first unreachable)
  (start $first)
  (func (export "_start")))
