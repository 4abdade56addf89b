;; A reactor: _initialize first, once; then its exports as often as the host likes. `counter` counts from 100 on, `add`
;; adds, `now` calls the host. With exports used before _initialize `counter` would start at 0.
;;
;; reactor: counter=101 counter=102 add(2,3)=5 now>0 counter=103
;; expect: exit=0
;; compare: builtin
(module
  (import "wasi_snapshot_preview1" "clock_time_get" (func $clock_time_get (param i32 i64 i32) (result i32)))
  (memory (export "memory") 1)
  (global $count (mut i32) (i32.const 0))
  (func (export "_initialize")
    (global.set $count (i32.add (global.get $count) (i32.const 100))))
  (func (export "counter") (result i32)
    (global.set $count (i32.add (global.get $count) (i32.const 1)))
    (global.get $count))
  (func (export "add") (param i32 i32) (result i32)
    (i32.add (local.get 0) (local.get 1)))
  (func (export "now") (result i64)
    (if (call $clock_time_get (i32.const 1) (i64.const 0) (i32.const 0))
      (then (return (i64.const -1))))
    (i64.load (i32.const 0))))
