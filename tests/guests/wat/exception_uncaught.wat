;; An exception that nobody catches ends the program as a trap does.
;;
;; needs: exceptions
;; expect: trap
;; compare: builtin
(module
  (memory (export "memory") 1)
  (tag $error (param i32))
  (func (export "_start") (throw $error (i32.const 42))))
