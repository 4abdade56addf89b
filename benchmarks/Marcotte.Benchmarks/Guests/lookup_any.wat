;; Any entry of the directory, each as likely as another.
(func (export "run") (param $n i32)
  (loop $again
    (call $choose (global.get $entries) (i32.const 1))
    (if (call $path_filestat_get (global.get $directory) (i32.const 0) (i32.const 192) (i32.const 8) (i32.const 64)) (then (unreachable)))
    (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
