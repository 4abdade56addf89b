using Marcotte;
using Marcotte.Core;

namespace Docs.Tests.Snippets;

internal sealed class Policies
{
    /// <summary>Opens /etc/secret, which a rule forbids, and ends with the errno.</summary>
    private const string Spy = """
        (module
          (import "wasi_snapshot_preview1" "path_open" (func $open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
          (import "wasi_snapshot_preview1" "sock_shutdown" (func $shut (param i32 i32) (result i32)))
          (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
          (memory (export "memory") 1)
          (data (i32.const 16) "etc/secret")
          (func (export "_start")
            (drop (call $shut (i32.const 3) (i32.const 1)))
            (call $exit (call $open (i32.const 3) (i32.const 0) (i32.const 16) (i32.const 10) (i32.const 0) (i64.const 2) (i64.const 0) (i32.const 0) (i32.const 40)))))
        """;

    [Test]
    public async Task Policy()
    {
        GuestModule module = GuestModule.FromText("spy", Spy);

        #region policy
        AuditChannel audit = new(capacity: 1000);
        using BoxTemplate template = new BoxBuilder()
            .UseVfs(files => files.MountMemory("/").WriteFile("/etc/secret", "42"))
            .UseWasi()
            .WithPolicy(policy => policy
                .Deny("sock_*", Errno.Perm)
                .DenyPath("/etc/secret", PathVerbs.Look)
                .Observe("path_unlink_file"))
            .WithAudit(audit)
            .Build(module);

        Outcome outcome = template.Run().Outcome;
        audit.Complete();
        await foreach (AuditEvent told in audit.ReadAllAsync())
        {
            Console.WriteLine(told);
        }
        #endregion

        Assert.That(outcome.ExitCode, Is.EqualTo(2), "EACCES in preview 1");
    }
}
