;; A memory that is imported and not exported: preview 1 knows only an export of the name "memory". Refused, for nobody
;; offers the import.
;;
;; expect: rejected
;; compare: builtin
(module
  (import "env" "memory" (memory 1))
  (func (export "_start")))
