;; A program that does nothing and imports nothing ends well.
;;
;; expect: exit=0
;; compare: builtin
;; stdout: ""
(module
  (memory (export "memory") 1)
  (func (export "_start")))
