;; The plainest trap.
;;
;; expect: trap=unreachable
;; compare: builtin
(module
  (memory (export "memory") 1)
  (func (export "_start") unreachable))
