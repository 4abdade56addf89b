;; A module whose code does not type-check: refused when it is compiled.
;;
;; expect: rejected
;; compare: builtin
(module
  (memory (export "memory") 1)
  (func (export "_start") (result i32)
    (i64.const 1)))
