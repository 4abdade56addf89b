;; An endless loop that calls nothing: only the host can end it.
;;
;; expect: endless
;; compare:
(module
  (memory (export "memory") 1)
  (func (export "_start")
    (loop $forever (br $forever))))
