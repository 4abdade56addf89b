;; Exports neither _start nor _initialize: it can be loaded and has no main program to run.
;;
;; expect: rejected
;; compare:
(module
  (memory (export "memory") 1)
  (func (export "compute") (result i32) (i32.const 42)))
