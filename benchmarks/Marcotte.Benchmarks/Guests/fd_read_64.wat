;; 64 bytes at the offset; back to the start after every 1,024, where the file ends.
(func (export "run") (param $n i32)
  (i32.store (i32.const 32) (i32.const 64))
  (call $rewind)
  (loop $again
    (if (call $fd_read (global.get $file) (i32.const 16) (i32.const 1) (i32.const 32)) (then (unreachable)))
    (if (i32.ne (i32.load (i32.const 32)) (i32.const 64)) (then (unreachable)))
    (if (i32.eqz (i32.and (local.get $n) (i32.const 1023))) (then (call $rewind)))
    (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
