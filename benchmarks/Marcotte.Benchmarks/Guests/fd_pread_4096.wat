;; Each of the file's sixteen pages in turn.
(func (export "run") (param $n i32)
  (i32.store (i32.const 32) (i32.const 4096))
  (loop $again
    (if
      (call $fd_pread (global.get $file) (i32.const 24) (i32.const 1)
        (i64.extend_i32_u (i32.shl (i32.and (local.get $n) (i32.const 15)) (i32.const 12))) (i32.const 32))
      (then (unreachable)))
    (if (i32.ne (i32.load (i32.const 32)) (i32.const 4096)) (then (unreachable)))
    (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
