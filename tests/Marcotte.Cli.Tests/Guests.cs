namespace Marcotte.Cli.Tests;

/// <summary>Programs for the tool to run, one behaviour each. What fails in them becomes their exit code.</summary>
internal static class Guests
{
    /// <summary>Writes "hello" and a newline.</summary>
    internal const string Hello = Imports + """
          (data (i32.const 1024) "hello\n")
          (func (export "_start") (call $print (i32.const 1) (i32.const 1024) (i32.const 6))))
        """;

    /// <summary>Writes its arguments, a NUL behind each.</summary>
    internal const string Arguments = Imports + """
          (func (export "_start")
            (call $must (call $args_sizes_get (i32.const 32) (i32.const 36)))
            (call $must (call $args_get (i32.const 2048) (i32.const 8192)))
            (call $print (i32.const 1) (i32.const 8192) (i32.load (i32.const 36)))))
        """;

    /// <summary>Writes its variables, a NUL behind each.</summary>
    internal const string Variables = Imports + """
          (func (export "_start")
            (call $must (call $environ_sizes_get (i32.const 32) (i32.const 36)))
            (call $must (call $environ_get (i32.const 2048) (i32.const 8192)))
            (call $print (i32.const 1) (i32.const 8192) (i32.load (i32.const 36)))))
        """;

    /// <summary>Copies standard input to standard output.</summary>
    internal const string Cat = Imports + """
          (func (export "_start")
            (local $count i32)
            (loop $more
              (local.set $count (call $read (i32.const 0)))
              (call $print (i32.const 1) (i32.const 1024) (local.get $count))
              (br_if $more (local.get $count)))))
        """;

    /// <summary>Writes a, b, c, d: in turn to standard output and standard error.</summary>
    internal const string InTurn = Imports + """
          (data (i32.const 1024) "abcd")
          (func (export "_start")
            (call $print (i32.const 1) (i32.const 1024) (i32.const 1))
            (call $print (i32.const 2) (i32.const 1025) (i32.const 1))
            (call $print (i32.const 1) (i32.const 1026) (i32.const 1))
            (call $print (i32.const 2) (i32.const 1027) (i32.const 1))))
        """;

    /// <summary>Writes "ready" and a newline, then computes for ever.</summary>
    internal const string Spin = Imports + """
          (data (i32.const 1024) "ready\n")
          (func (export "_start")
            (call $print (i32.const 1) (i32.const 1024) (i32.const 6))
            (loop $for_ever (br $for_ever))))
        """;

    /// <summary>Writes "ready" and a newline, then waits for an hour.</summary>
    internal const string Sleep = Imports + """
          (data (i32.const 1024) "ready\n")
          (func (export "_start")
            (call $print (i32.const 1) (i32.const 1024) (i32.const 6))
            (i32.store (i32.const 2064) (i32.const 1))
            (i64.store (i32.const 2072) (i64.const 3600000000000))
            (call $must (call $poll_oneoff (i32.const 2048) (i32.const 3072) (i32.const 1) (i32.const 32)))))
        """;

    /// <summary>Writes "y" and a newline for ever, a page at a time; ends with the errno that it is answered.</summary>
    internal const string Yes = Imports + """
          (func (export "_start")
            (memory.fill (i32.const 1024) (i32.const 121) (i32.const 4096))
            (i32.store8 (i32.const 1025) (i32.const 10))
            (loop $for_ever
              (call $print (i32.const 1) (i32.const 1024) (i32.const 4096))
              (br $for_ever))))
        """;

    /// <summary>Traps in a function that a function calls.</summary>
    internal const string Trap = Imports + """
          (func $inner (unreachable))
          (func $outer (call $inner))
          (func (export "_start") (call $outer)))
        """;

    /// <summary>Grows until it may not, and gives up.</summary>
    internal const string Grow = Imports + """
          (func (export "_start")
            (loop $more (br_if $more (i32.ge_s (memory.grow (i32.const 1)) (i32.const 0))))
            (unreachable)))
        """;

    /// <summary>Asks for 64 MiB from the start.</summary>
    internal const string Large = """
        (module (memory (export "memory") 1024) (func (export "_start")))
        """;

    /// <summary>Writes the names of its preopened directories, a newline behind each.</summary>
    internal const string Preopens = Imports + """
          (func (export "_start")
            (local $descriptor i32)
            (local $errno i32)
            (local $length i32)
            (local.set $descriptor (i32.const 3))
            (loop $next
              (local.set $errno (call $fd_prestat_get (local.get $descriptor) (i32.const 32)))
              (if (i32.eqz (local.get $errno)) (then
                (local.set $length (i32.load (i32.const 36)))
                (call $must (call $fd_prestat_dir_name (local.get $descriptor) (i32.const 1024) (local.get $length)))
                (i32.store8 (i32.add (i32.const 1024) (local.get $length)) (i32.const 10))
                (call $print (i32.const 1) (i32.const 1024) (i32.add (local.get $length) (i32.const 1)))
                (local.set $descriptor (i32.add (local.get $descriptor) (i32.const 1)))
                (br $next))))
            (if (i32.ne (local.get $errno) (i32.const 8)) (then (call $must (local.get $errno))))))
        """;

    /// <summary>Writes what the file "in" of the first preopened directory holds.</summary>
    internal const string ReadFile = Imports + """
          (data (i32.const 512) "in")
          (func (export "_start")
            (call $must (call $path_open
              (i32.const 3) (i32.const 0) (i32.const 512) (i32.const 2) (i32.const 0)
              (i64.const 2) (i64.const 0) (i32.const 0) (i32.const 40)))
            (call $print (i32.const 1) (i32.const 1024) (call $read (i32.load (i32.const 40))))))
        """;

    /// <summary>Makes the file "out" in the first preopened directory, writes "made" to it, and reads it again to standard output.</summary>
    internal const string WriteFile = Imports + """
          (data (i32.const 512) "out")
          (data (i32.const 1024) "made")
          (func (export "_start")
            (call $must (call $path_open
              (i32.const 3) (i32.const 0) (i32.const 512) (i32.const 3) (i32.const 9)
              (i64.const 64) (i64.const 0) (i32.const 0) (i32.const 40)))
            (call $print (i32.load (i32.const 40)) (i32.const 1024) (i32.const 4))
            (call $must (call $path_open
              (i32.const 3) (i32.const 0) (i32.const 512) (i32.const 3) (i32.const 0)
              (i64.const 2) (i64.const 0) (i32.const 0) (i32.const 40)))
            (call $print (i32.const 1) (i32.const 1024) (call $read (i32.load (i32.const 40))))))
        """;

    /// <summary>Asks for the attributes of descriptor 3.</summary>
    internal const string ThirdDescriptor = Imports + """
          (func (export "_start") (call $must (call $fd_prestat_get (i32.const 3) (i32.const 32)))))
        """;

    /// <summary>Writes eight random bytes.</summary>
    internal const string Random = Imports + """
          (func (export "_start")
            (call $must (call $random_get (i32.const 1024) (i32.const 8)))
            (call $print (i32.const 1) (i32.const 1024) (i32.const 8))))
        """;

    /// <summary>Writes the time of day: eight bytes of nanoseconds.</summary>
    internal const string Clock = Imports + """
          (func (export "_start")
            (call $must (call $clock_time_get (i32.const 0) (i64.const 0) (i32.const 1024)))
            (call $print (i32.const 1) (i32.const 1024) (i32.const 8))))
        """;

    /// <summary>Imports what no layer of the tool has.</summary>
    internal const string Stranger = """
        (module
          (import "env" "launch" (func (param i32)))
          (import "wasi_snapshot_preview1" "sched_yield" (func (result i32)))
          (memory (export "memory") 1 4)
          (func (export "_start"))
          (func (export "sum") (param i32 i64) (result f64) (f64.const 0)))
        """;

    /// <summary>Has nothing that could be run.</summary>
    internal const string Library = """
        (module (func (export "answer") (result i32) (i32.const 42)))
        """;

    private const string Imports = """
        (module
          (import "wasi_snapshot_preview1" "args_sizes_get" (func $args_sizes_get (param i32 i32) (result i32)))
          (import "wasi_snapshot_preview1" "args_get" (func $args_get (param i32 i32) (result i32)))
          (import "wasi_snapshot_preview1" "environ_sizes_get" (func $environ_sizes_get (param i32 i32) (result i32)))
          (import "wasi_snapshot_preview1" "environ_get" (func $environ_get (param i32 i32) (result i32)))
          (import "wasi_snapshot_preview1" "clock_time_get" (func $clock_time_get (param i32 i64 i32) (result i32)))
          (import "wasi_snapshot_preview1" "random_get" (func $random_get (param i32 i32) (result i32)))
          (import "wasi_snapshot_preview1" "fd_read" (func $fd_read (param i32 i32 i32 i32) (result i32)))
          (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
          (import "wasi_snapshot_preview1" "fd_prestat_get" (func $fd_prestat_get (param i32 i32) (result i32)))
          (import "wasi_snapshot_preview1" "fd_prestat_dir_name" (func $fd_prestat_dir_name (param i32 i32 i32) (result i32)))
          (import "wasi_snapshot_preview1" "path_open" (func $path_open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
          (import "wasi_snapshot_preview1" "poll_oneoff" (func $poll_oneoff (param i32 i32 i32 i32) (result i32)))
          (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
          (memory (export "memory") 1)
          (func $must (param $errno i32)
            (if (local.get $errno) (then (call $proc_exit (local.get $errno)))))
          (func $print (param $descriptor i32) (param $text i32) (param $length i32)
            (i32.store (i32.const 0) (local.get $text))
            (i32.store (i32.const 4) (local.get $length))
            (call $must (call $fd_write (local.get $descriptor) (i32.const 0) (i32.const 1) (i32.const 8))))
          (func $read (param $descriptor i32) (result i32)
            (i32.store (i32.const 0) (i32.const 1024))
            (i32.store (i32.const 4) (i32.const 4096))
            (call $must (call $fd_read (local.get $descriptor) (i32.const 0) (i32.const 1) (i32.const 8)))
            (i32.load (i32.const 8)))

        """;

    /// <summary>Ends with a code.</summary>
    internal static string Exit(long code) => $"""
        (module
          (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
          (memory (export "memory") 1)
          (func (export "_start") (call $proc_exit (i32.const {code}))))
        """;
}
