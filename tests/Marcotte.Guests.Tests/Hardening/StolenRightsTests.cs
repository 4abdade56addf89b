using Marcotte.Core;
using Marcotte.Processes;
using Marcotte.Vfs;
using Marcotte.Vfs.Memory;

namespace Marcotte.Guests.Tests;

/// <summary>How processes of one user could act with the rights of another, by what they run, swap, write over or open again.</summary>
internal sealed class StolenRightsTests
{
    private const uint Owner = 7;
    private const uint Thief = 1000;
    private const ushort SetIds = 0xC00;

    /// <summary>Becomes the program that a test is; it ends with 0 unless that says otherwise.</summary>
    private static readonly GuestModule Begin = GuestModule.FromText("begin", """
        (module
          (import "wasix_32v1" "proc_exec" (func $exec (param i32 i32 i32 i32)))
          (memory (export "memory") 1)
          (data (i32.const 64) "/bin/test")
          (func (export "_start") (call $exec (i32.const 64) (i32.const 9) (i32.const 64) (i32.const 9))))
        """);

    [Test]
    [Category("security: set-id programs")]
    public void A_program_lends_its_owners_rights_and_a_script_does_not() => Run(context =>
    {
        context.Lend("/bin/who", Owner, 0x9ED);
        context.Save("/bin/script", "#!/bin/who\n"u8, 0x9ED, Owner + 1);
        context.Become(Thief);
        Assert.That(context.RunWho("/bin/who"), Is.EqualTo($"{Thief} {Owner} {Owner} /bin/who"));
        Assert.That(context.RunWho("/bin/script"), Is.EqualTo($"{Thief} {Owner} {Owner} /bin/who /bin/script"), "the interpreter's owner");
    });

    [Test]
    [Category("security: set-id programs")]
    public void A_mount_that_lends_nothing_runs_them_as_who_asked() => Run(
        context =>
        {
            context.Lend("/bin/who", Owner, 0x9ED);
            context.Become(Thief);
            Assert.That(context.RunWho("/bin/who"), Is.EqualTo($"{Thief} {Thief} {Thief} /bin/who"));
        },
        new MountOptions { NoSetId = true });

    /// <summary>Whoever may write to such a program, or cut it, has one of their own then.</summary>
    [TestCase(false)]
    [TestCase(true)]
    [Category("security: set-id programs")]
    public void A_program_that_was_changed_lends_nothing(bool cuts) => Run(context =>
    {
        context.Save("/bin/lent", "x"u8, 0xDFF, Owner);
        Assert.That(context.Stat("/bin/lent").Mode & SetIds, Is.EqualTo(SetIds));
        context.Become(Thief);
        Assert.That(context.Open("/bin/lent", cuts ? OpenFlags.Truncate : OpenFlags.None, AccessModes.Write, out OpenFile? file), Is.EqualTo(Errno.Success));
        Assert.That(cuts ? Errno.Success : file!.Write("y"u8, out _), Is.EqualTo(Errno.Success));
        file!.Release();
        Assert.That(context.Stat("/bin/lent").Mode & SetIds, Is.Zero);
        Assert.That(context.Files().SetMode(context.At("/bin/lent"), 0x9FF), Is.EqualTo(Errno.Perm));
        Assert.That(context.Files().Link(context.At("/bin/lent"), context.At("/tmp/kept")), Is.EqualTo(Errno.Success), "it is a plain file now");
    });

    [Test]
    [Category("security: set-id programs")]
    public void A_program_that_lends_rights_cannot_be_kept_under_another_name() => Run(context =>
    {
        context.Lend("/bin/who", Owner, 0x9FF);
        context.Become(Thief);
        Assert.That(context.Files().Link(context.At("/bin/who"), context.At("/tmp/kept")), Is.EqualTo(Errno.Perm));
    });

    [Test]
    [Category("security: exec through links")]
    public void What_a_script_names_is_one_argument_and_no_command() => Run(context =>
    {
        context.Save("/tmp/script", "#! /bin/who -c kill\t-9; x \nPATH=/tmp LD_PRELOAD=/tmp/x\n"u8, 0x1ED, Thief);
        context.Save("/tmp/bare", "#!who\n"u8, 0x1ED, Thief);
        context.Save("/tmp/closed", "#!/tmp/plain\n"u8, 0x1ED, Thief);
        context.Save("/tmp/plain", "x"u8, 0x1A4, Thief);
        context.Become(Thief);
        Assert.That(context.RunWho("/tmp/script", "a b"), Is.EqualTo($"{Thief} {Thief} {Thief} /bin/who -c kill\t-9; x /tmp/script a b"));
        Assert.That(context.Spawn("/tmp/bare", ["x"], out _), Is.EqualTo(Errno.NoEnt), "no search path");
        Assert.That(context.Spawn("/tmp/closed", ["x"], out _), Is.EqualTo(Errno.Access), "what may not be executed is no interpreter");
    });

    /// <summary>A link to a program that lends rights turns, all the time, into one to a program of the thief's.</summary>
    [Test]
    [Category("security: exec through links")]
    public void What_runs_has_the_rights_of_the_file_that_it_is() => Run(context =>
    {
        context.Lend("/bin/who", Owner, 0x9ED);
        context.Lend("/bin/test", 0, 0x1C0);
        context.Save("/tmp/mine", "#!/bin/plain\n"u8, 0x1ED, Thief);
        context.Become(Thief);
        Assert.That(context.Spawn("/bin/test", ["x"], out _), Is.EqualTo(Errno.Access));
        int ended = 0;
        Process swapping = context.Process;
        Task swaps = Task.Run(() =>
        {
            for (int i = 0; Volatile.Read(ref ended) == 0; i++)
            {
                ReadOnlySpan<byte> target = (i % 3) switch { 0 => "/bin/who"u8, 1 => "/tmp/mine"u8, _ => "/bin/test"u8 };
                FileNamespace files = swapping.Kernel.Files;
                files.SymbolicLink(target, new PathReference(swapping, null, "/tmp/next"u8, PathFlags.None));
                files.Rename(new PathReference(swapping, null, "/tmp/next"u8, PathFlags.None), new PathReference(swapping, null, "/tmp/link"u8, PathFlags.None));
            }
        });
        try
        {
            string[] known = [$"{Thief} {Owner} {Owner} /tmp/link", $"{Thief} {Thief} {Thief} /bin/plain /tmp/link", "Access", "NoEnt"];
            Assert.That(Enumerable.Range(0, 300).Select(_ => context.RunWho("/tmp/link")).Distinct().ToArray(), Is.SubsetOf(known));
        }
        finally
        {
            Volatile.Write(ref ended, 1);
            swaps.Wait();
        }
    });

    /// <summary>Descriptors that user 0 has opened and handed on are not a way to open more.</summary>
    [Test]
    [Category("security: reopened descriptors")]
    public void Opening_a_descriptor_again_gives_what_the_file_and_the_mount_give() => Run(context =>
    {
        context.Save("/tmp/secret", "x"u8, 0x180, 0);
        context.Save("/tmp/shown", "x"u8, 0x1A4, 0);
        int secret = context.Hold("/tmp/secret");
        int shown = context.Hold("/tmp/shown");
        int kept = context.Hold("/ro/file");
        int gone = context.Hold("/tmp/shown");
        Assert.That(context.Kernel.Anonymous.Pipe(context.Process, StatusFlags.None, out OpenFile? reader, out OpenFile? writer), Is.EqualTo(Errno.Success));
        int pipe = context.Hold(reader!);
        context.Become(Thief);
        Errno Again(int number, AccessModes access, OpenFlags flags = OpenFlags.None)
        {
            Errno errno = context.Open($"/proc/self/fd/{number}", flags, access, out OpenFile? file);
            file?.Release();
            return errno;
        }

        Assert.That(Again(secret, AccessModes.Read), Is.EqualTo(Errno.Access));
        Assert.That(Again(shown, AccessModes.Read), Is.EqualTo(Errno.Success));
        Assert.That(Again(shown, AccessModes.Write), Is.EqualTo(Errno.Access));
        Assert.That(Again(shown, AccessModes.Read, OpenFlags.Truncate), Is.EqualTo(Errno.Access));
        Assert.That(Again(kept, AccessModes.Write), Is.EqualTo(Errno.RoFs));
        Assert.That(Again(kept, AccessModes.Read, OpenFlags.Truncate), Is.EqualTo(Errno.RoFs));
        Assert.That(Again(pipe, AccessModes.Write), Is.EqualTo(Errno.Access));
        Assert.That(context.Files().SetMode(context.At($"/proc/self/fd/{shown}"), 0x1FF), Is.EqualTo(Errno.Perm));
        context.Process.Credentials = Credentials.Root;
        Assert.That(context.Files().Unlink(context.At("/tmp/shown")), Is.EqualTo(Errno.Success));
        context.Become(Thief);
        Assert.That(Again(gone, AccessModes.Read), Is.EqualTo(Errno.Success));
        Assert.That(Again(gone, AccessModes.ReadWrite), Is.EqualTo(Errno.Access));
        Assert.That(context.Stat($"/proc/self/fd/{gone}").Size, Is.EqualTo(1));
        writer!.Release();
    });

    /// <summary>What a set-user-id program has open is nobody's but its own, whoever owns it and whoever has started it.</summary>
    [Test]
    [Category("security: processes of others")]
    public void What_a_program_with_lent_rights_has_is_not_for_who_started_it() => Run(context =>
    {
        context.Lend("/bin/wait", Owner, 0x9ED);
        context.Become(Thief);
        Assert.That(context.Spawn("/bin/wait", ["wait"], out int child), Is.EqualTo(Errno.Success));
        Assert.That(SpinWait.SpinUntil(() => context.Kernel.Processes.Find(child)?.Credentials.UserId == Owner, TimeSpan.FromSeconds(20)));
        foreach (uint user in new[] { Thief, Owner, 99u })
        {
            context.Process.Credentials = Credentials.Root;
            context.Become(user);
            foreach (string name in new[] { "environ", "fd", "fd/0", "cwd/bin", "root/bin" })
            {
                Assert.That(context.Open($"/proc/{child}/{name}", OpenFlags.None, AccessModes.Read, out _), Is.EqualTo(Errno.Access), $"{name} for {user}");
            }
        }

        Assert.That(context.Kernel.Signals.Send(context.Thread, child, Signal.Kill), Is.EqualTo(Errno.Perm), "a stranger's signal");
        context.Process.Credentials = Credentials.Root;
        Assert.That(context.Open($"/proc/{child}/environ", OpenFlags.None, AccessModes.Read, out OpenFile? file), Is.EqualTo(Errno.Success));
        file!.Release();
        context.Become(Thief);
        Assert.That(context.Kernel.Signals.Send(context.Thread, child, Signal.Kill), Is.EqualTo(Errno.Success), "who started it may end it");
        Assert.That(context.Wait(child, out _), Is.EqualTo(Errno.Success));
    });

    /// <summary>A holder that is killed gives up what it holds, and nobody is kept waiting.</summary>
    [Test]
    [Category("security: locks of the dead")]
    public void A_lock_of_a_killed_process_is_free() => Run(context =>
    {
        context.Save("/tmp/locked", "x"u8, 0x1B6, 0);
        Assert.That(context.Spawn("/bin/lock", ["lock"], out int child), Is.EqualTo(Errno.Success));
        Assert.That(context.Open("/tmp/locked", OpenFlags.None, AccessModes.ReadWrite, out OpenFile? file), Is.EqualTo(Errno.Success));
        Assert.That(SpinWait.SpinUntil(() => context.Kernel.Locks.TestRecord(context.Process, file!, default, LockKind.Exclusive, RecordOwner.Process, out RecordLock? held) == Errno.Success && held is not null, TimeSpan.FromSeconds(20)));
        Assert.That(context.Kernel.Locks.Lock(context.Thread, file!, LockKind.Exclusive, wait: false), Is.EqualTo(Errno.Again));
        Assert.That(context.Kernel.Signals.Send(context.Thread, child, Signal.Kill), Is.EqualTo(Errno.Success));
        Assert.That(context.Kernel.Locks.Lock(context.Thread, file!, LockKind.Exclusive, wait: true), Is.EqualTo(Errno.Success));
        Assert.That(context.Kernel.Locks.LockRecord(context.Thread, file!, default, LockKind.Exclusive, RecordOwner.Process, wait: true), Is.EqualTo(Errno.Success));
        file!.Release();
        Assert.That(context.Wait(child, out _), Is.EqualTo(Errno.Success));
    });

    /// <summary>A file that is everybody's by its mode alone.</summary>
    private static TreeSnapshot Sealed()
    {
        using MemoryFileSystem tree = MemoryFileSystem.Detached(time: TimeProvider.System);
        TreeFileSystem files = TreeFileSystem.Over(tree);
        files.File.WriteAllText("/file", "x");
#pragma warning disable CA1416 // The tree is the box's, wherever the host runs
        files.File.SetUnixFileMode("/file", (UnixFileMode)0x1FF);
#pragma warning restore CA1416
        return tree.Snapshot();
    }

    private static void Run(Action<HostContext> test, MountOptions? mount = null)
    {
        Exception? failure = null;
        using BoxTemplate template = new BoxBuilder()
            .WithEngine(SharedEngine.Engine)
            .WithLimits(limits => limits with { WallClock = TimeSpan.FromSeconds(60) })
            .UseVfs(files => files
                .MountMemory("/", mount ?? MountOptions.Default)
                .MountSnapshot("/ro", Sealed(), readOnly: true)
                .MountProc())
            .UseClock()
            .UseProcesses(processes => processes
                .Program("/bin/who", StolenRights.Tell)
                .Program("/bin/plain", StolenRights.Tell)
                .Program("/bin/wait", context =>
                {
                    context.CancellationToken.WaitHandle.WaitOne();
                    return 0;
                })
                .Program("/bin/lock", context =>
                {
                    context.Open("/tmp/locked", OpenFlags.None, AccessModes.ReadWrite, out OpenFile? file);
                    context.Hold(file!);
                    context.Kernel.Locks.Lock(context.Thread, file!, LockKind.Exclusive, wait: false);
                    context.Kernel.Locks.LockRecord(context.Thread, file!, default, LockKind.Exclusive, RecordOwner.Process, wait: false);
                    context.CancellationToken.WaitHandle.WaitOne();
                    return 0;
                })
                .Program("/bin/test", context =>
                {
                    try
                    {
                        context.Files().MakeDirectory(context.At("/tmp"), 0x3FF);
                        context.Files().SetMode(context.At("/tmp"), 0x3FF);
                        test(context);
                    }
                    catch (Exception exception) when (exception is not GuestUnwindException)
                    {
                        failure = exception;
                    }

                    return 0;
                }))
            .UseWasi(wasi => wasi.WithoutPreopens())
            .UseWasix()
            .Build(Begin);
        BoxResult result = template.Run();
        if (failure is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
        }

        Assert.That(result.Outcome, Is.TypeOf<Exited>().With.Property(nameof(Exited.Code)).Zero);
    }
}
