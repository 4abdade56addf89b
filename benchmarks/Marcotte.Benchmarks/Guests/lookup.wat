;; One of ten entries, spread over the directory. In every row as many names are in use, so that what differs is the
;; directory's size and not how much of it the processor's caches have to hold.
(func (export "run") (param $n i32)
  (local $apart i32)
  (local.set $apart (i32.div_u (global.get $entries) (i32.const 10)))
  (loop $again
    (call $choose (i32.const 10) (local.get $apart))
    (if (call $path_filestat_get (global.get $directory) (i32.const 0) (i32.const 192) (i32.const 8) (i32.const 64)) (then (unreachable)))
    (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
