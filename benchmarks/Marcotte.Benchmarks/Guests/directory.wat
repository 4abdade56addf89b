;; A directory of files, each named by its number in eight letters, as the directory is by how many it has.
(global $directory (mut i32) (i32.const 0))
(global $entries (mut i32) (i32.const 0))
(global $random (mut i32) (i32.const 1))

;; Four bits to a letter from a to p, the lowest first: few instructions, so that the name costs next to nothing.
(func $letters (param $address i32) (param $number i32)
  (local $bits i64)
  (local.set $bits (i64.extend_i32_u (local.get $number)))
  (local.set $bits
    (i64.and (i64.or (local.get $bits) (i64.shl (local.get $bits) (i64.const 16))) (i64.const 0x0000FFFF0000FFFF)))
  (local.set $bits
    (i64.and (i64.or (local.get $bits) (i64.shl (local.get $bits) (i64.const 8))) (i64.const 0x00FF00FF00FF00FF)))
  (local.set $bits
    (i64.and (i64.or (local.get $bits) (i64.shl (local.get $bits) (i64.const 4))) (i64.const 0x0F0F0F0F0F0F0F0F)))
  (i64.store (local.get $address) (i64.add (local.get $bits) (i64.const 0x6161616161616161))))

;; Puts the name of one of so many entries, any as likely as another and so many apart, where names of files lie.
(func $choose (param $distinct i32) (param $apart i32)
  (global.set $random (i32.add (i32.mul (global.get $random) (i32.const 1664525)) (i32.const 1013904223)))
  (call $letters
    (i32.const 192)
    (i32.mul
      (local.get $apart)
      (i32.wrap_i64
        (i64.shr_u
          (i64.mul (i64.extend_i32_u (global.get $random)) (i64.extend_i32_u (local.get $distinct)))
          (i64.const 32))))))

;; Makes the directory, where the host has not.
(func (export "seed") (param $entries i32)
  (local $number i32)
  (call $letters (i32.const 8) (local.get $entries))
  (call $check (call $path_create_directory (i32.const 3) (i32.const 8) (i32.const 8)))
  (call $open (local.get $entries))
  (loop $again
    (call $letters (i32.const 192) (local.get $number))
    (call $check
      (call $path_open (global.get $directory) (i32.const 0) (i32.const 192) (i32.const 8) (i32.const 5)
        (i64.const 64) (i64.const 0) (i32.const 0) (i32.const 48)))
    (call $check (call $fd_close (i32.load (i32.const 48))))
    (br_if $again
      (i32.lt_u (local.tee $number (i32.add (local.get $number) (i32.const 1))) (local.get $entries))))
  (call $check (call $fd_close (global.get $directory))))

;; Rights: path_create_file, path_open, fd_readdir, path_filestat_get; for what is opened through it, write.
(func $open (export "open") (param $number i32)
  (call $letters (i32.const 8) (local.get $number))
  (global.set $entries (local.get $number))
  (call $check
    (call $path_open (i32.const 3) (i32.const 0) (i32.const 8) (i32.const 8) (i32.const 2)
      (i64.const 0x46400) (i64.const 64) (i32.const 0) (i32.const 48)))
  (global.set $directory (i32.load (i32.const 48))))
