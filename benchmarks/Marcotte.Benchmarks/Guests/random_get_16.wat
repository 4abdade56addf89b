(func (export "run") (param $n i32)
  (loop $again
    (if (call $random_get (i32.const 4096) (i32.const 16)) (then (unreachable)))
    (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
