;; Asks for more memory at its start than the limit allows: refused before anything runs.
;;
;; limit: memory=16777216
;; expect: rejected
;; compare: builtin
(module
  (memory (export "memory") 1024)
  (func (export "_start")))
