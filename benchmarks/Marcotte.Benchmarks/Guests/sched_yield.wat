(func (export "run") (param $n i32)
  (loop $again
    (if (call $sched_yield) (then (unreachable)))
    (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
