;; For reading.
(func (export "run") (param $n i32)
  (loop $again
    (if
      (call $path_open (i32.const 3) (i32.const 1) (i32.const 128) (i32.const 4) (i32.const 0)
        (i64.const 2) (i64.const 0) (i32.const 0) (i32.const 48))
      (then (unreachable)))
    (if (call $fd_close (i32.load (i32.const 48))) (then (unreachable)))
    (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
