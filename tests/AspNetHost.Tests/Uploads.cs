using System.Text;

namespace AspNetHost.Tests;

/// <summary>Modules that clients send, in the text format.</summary>
internal static class Uploads
{
    internal static byte[] Spin { get; } = Module("""(func (export "_start") (loop (br 0)))""");

    internal static byte[] Trap { get; } = Module("""(func (export "_start") unreachable)""");

    /// <summary>Takes memory page by page, writes to each, and gives up when there is no more.</summary>
    internal static byte[] Hog { get; } = Module(
        """
        (memory (export "memory") 1)
        (func (export "_start") (local $page i32)
          (loop $more
            (local.set $page (memory.grow (i32.const 1)))
            (if (i32.eq (local.get $page) (i32.const -1)) (then (unreachable)))
            (memory.fill (i32.mul (local.get $page) (i32.const 65536)) (i32.const 1) (i32.const 65536))
            (br $more)))
        """);

    internal static byte[] Stranger { get; } = Module("""(import "nobody" "knows" (func)) (func (export "_start"))""");

    /// <summary>Exits with the number of its arguments, its name included.</summary>
    internal static byte[] Count { get; } = Module(
        """
        (import "wasi_snapshot_preview1" "args_sizes_get" (func $sizes (param i32 i32) (result i32)))
        (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
        (memory (export "memory") 1)
        (func (export "_start") (drop (call $sizes (i32.const 0) (i32.const 4))) (call $exit (i32.load (i32.const 0))))
        """);

    /// <summary>Writes what it reads; each variant is a module of its own.</summary>
    internal static byte[] Echo(int variant = 0) => Module(
        $$"""
        (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
        (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
        (memory (export "memory") 1)
        (data (i32.const 60000) "{{variant:x8}}")
        (func (export "_start")
          (loop $more
            (i32.store (i32.const 0) (i32.const 1024))
            (i32.store (i32.const 4) (i32.const 4096))
            (if (call $read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 8)) (then unreachable))
            (if (i32.load (i32.const 8)) (then
              (i32.store (i32.const 4) (i32.load (i32.const 8)))
              (if (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 12)) (then unreachable))
              (br $more)))))
        """);

    private static byte[] Module(string body) => Encoding.UTF8.GetBytes($"(module {body})");
}
