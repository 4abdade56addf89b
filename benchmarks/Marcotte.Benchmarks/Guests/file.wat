;; Files to work on: "data" and "a/b/c/d/e/f/g/data", of 64 KiB each.
(global $file (mut i32) (i32.const 0))

;; Rights: read 2, seek 4, tell 32, write 64.
(func $open_file (param $path i32) (param $length i32) (param $oflags i32) (result i32)
  (call $check
    (call $path_open (i32.const 3) (i32.const 1) (local.get $path) (local.get $length) (local.get $oflags)
      (i64.const 102) (i64.const 0) (i32.const 0) (i32.const 48)))
  (i32.load (i32.const 48)))

(func $make_file (param $path i32) (param $length i32)
  (local $made i32)
  (local $left i32)
  (local.set $made (call $open_file (local.get $path) (local.get $length) (i32.const 1)))
  (local.set $left (i32.const 16))
  (loop $again
    (call $check (call $fd_write (local.get $made) (i32.const 24) (i32.const 1) (i32.const 32)))
    (br_if $again (local.tee $left (i32.sub (local.get $left) (i32.const 1)))))
  (call $check (call $fd_close (local.get $made))))

;; Makes the files, where the host has not.
(func (export "seed") (param $entries i32)
  (local $length i32)
  (call $make_file (i32.const 128) (i32.const 4))
  (local.set $length (i32.const 1))
  (loop $deeper
    (call $check (call $path_create_directory (i32.const 3) (i32.const 160) (local.get $length)))
    (br_if $deeper
      (i32.lt_u (local.tee $length (i32.add (local.get $length) (i32.const 2))) (i32.const 14))))
  (call $make_file (i32.const 160) (i32.const 18)))

;; To read alone where nothing can be written, as in an archive.
(func (export "open") (param $entries i32)
  (if (call $path_open (i32.const 3) (i32.const 1) (i32.const 128) (i32.const 4) (i32.const 0)
        (i64.const 102) (i64.const 0) (i32.const 0) (i32.const 48))
    (then
      (call $check
        (call $path_open (i32.const 3) (i32.const 1) (i32.const 128) (i32.const 4) (i32.const 0)
          (i64.const 38) (i64.const 0) (i32.const 0) (i32.const 48)))))
  (global.set $file (i32.load (i32.const 48))))

(func $rewind
  (call $check (call $fd_seek (global.get $file) (i64.const 0) (i32.const 0) (i32.const 40))))
