;; A load beyond the end of memory.
;;
;; expect: trap=memory-out-of-bounds
;; compare: builtin
(module
  (memory (export "memory") 1)
  (func (export "_start")
    (drop (i32.load (i32.const 65533)))))
