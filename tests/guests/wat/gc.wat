;; Structures of the garbage-collected kind: a list of 100,000 nodes, made and summed, ten times over.
;;
;; needs: gc
;; expect: exit=0
;; compare: builtin
(module
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (memory (export "memory") 1)
  (type $node (struct (field $value i32) (field $next (ref null $node))))
  (func $sum (result i64)
    (local $list (ref null $node)) (local $i i32) (local $total i64)
    (loop $make
      (local.set $list (struct.new $node (local.get $i) (local.get $list)))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $make (i32.lt_u (local.get $i) (i32.const 100000))))
    (block $end
      (loop $next
        (br_if $end (ref.is_null (local.get $list)))
        (local.set $total (i64.add (local.get $total) (i64.extend_i32_u (struct.get $node $value (local.get $list)))))
        (local.set $list (struct.get $node $next (local.get $list)))
        (br $next)))
    (local.get $total))
  (func (export "_start") (local $round i32)
    (loop $again
      (if (i64.ne (call $sum) (i64.const 4999950000))
        (then (call $proc_exit (i32.const 1))))
      (local.set $round (i32.add (local.get $round) (i32.const 1)))
      (br_if $again (i32.lt_u (local.get $round) (i32.const 10))))))
