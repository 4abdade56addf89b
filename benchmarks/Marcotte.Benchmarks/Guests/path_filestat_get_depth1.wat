(func (export "run") (param $n i32)
  (loop $again
    (if (call $path_filestat_get (i32.const 3) (i32.const 1) (i32.const 128) (i32.const 4) (i32.const 64)) (then (unreachable)))
    (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
