;; Grows a table without end: table.grow answers -1 at the limit and never traps.
;;
;; limit: table=10000
;; expect: exit=0
;; compare: builtin
(module
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (memory (export "memory") 1)
  (table $table 1 funcref)
  (func (export "_start") (local $rounds i32)
    (block $full
      (loop $more
        (br_if $full (i32.eq (table.grow $table (ref.null func) (i32.const 1000)) (i32.const -1)))
        (local.set $rounds (i32.add (local.get $rounds) (i32.const 1)))
        (br_if $more (i32.lt_u (local.get $rounds) (i32.const 1000))))
      (call $proc_exit (i32.const 1)))
    (if (i32.gt_u (table.size $table) (i32.const 10000))
      (then (call $proc_exit (i32.const 2))))))
