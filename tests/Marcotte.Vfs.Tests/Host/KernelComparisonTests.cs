using Marcotte.Core;
using Marcotte.Vfs.Host.Linux;

namespace Marcotte.Vfs.Tests.Host;

/// <summary>
/// The same call by the same user on the same files, in a box on a host directory and to Linux's kernel: errno and what has become
/// of the files are the same. In the box the host process is user 0, so all refusals are the box's own.
/// </summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
internal sealed class KernelComparisonTests
{
    private static readonly Actor[] Actors =
    [
        new(0, 0), new(1001, 100), new(1002, 100), new(1003, 200, 100), new(1004, 300, 200),
    ];

    private static readonly Owned[] Directories =
    [
        new(0x1FF, 0, 0), new(0x1ED, 0, 0), new(0x1C0, 1001, 100), new(0x3FF, 0, 0), new(0x3FF, 1001, 100), new(0x5FF, 0, 200),
        new(0x1C9, 0, 0), new(0x1E4, 0, 0), new(0x03F, 1001, 100),
    ];

    private static readonly Owned[] Files =
    [
        new(0x1A4, 1001, 100), new(0x1B6, 0, 0), new(0x100, 1001, 100), new(0x038, 1001, 100), new(0x007, 1001, 100),
        new(0x049, 0, 0), new(0x9FF, 1001, 100), new(0x5FF, 1001, 200), new(0x000, 1004, 200),
    ];

    private static readonly string[] Watched =
    [
        "/dir", "/dir/f", "/dir/s", "/dir/g", "/dir/new", "/dir/n", "/dir/l", "/out/o", "/out/g", "/out/l", "/out/s2", "/out/d",
    ];

    private static readonly Call[] Calls =
    [
        new("open r", box => box.TryOpen("/dir/f"), host => host.Open("/dir/f", 0)),
        new("open w", box => box.TryOpen("/dir/f", access: AccessModes.Write), host => host.Open("/dir/f", 1)),
        new("open rw", box => box.TryOpen("/dir/f", access: AccessModes.ReadWrite), host => host.Open("/dir/f", 2)),
        new("open trunc", box => box.TryOpen("/dir/f", OpenFlags.Truncate), host => host.Open("/dir/f", LibC.OpenTruncate)),
        new("open path", box => box.TryOpen("/dir/f", access: AccessModes.None), host => host.Open("/dir/f", LibC.OpenPath)),
        new("create", box => box.TryOpen("/dir/new", OpenFlags.Create, AccessModes.Write), host => host.Open("/dir/new", 1 | LibC.OpenCreate)),
        new("create set-id", box => Create(box, "/dir/new", 0x5FF), host => host.Open("/dir/new", 1 | LibC.OpenCreate, 0x1FF)),
        new("create there", box => box.TryOpen("/dir/f", OpenFlags.Create | OpenFlags.Exclusive), host => host.Open("/dir/f", LibC.OpenCreate | LibC.OpenExclusive)),
        new("open dir", box => box.TryOpen("/dir", OpenFlags.Directory), host => host.Open("/dir", LibC.OpenDirectory)),
        new("open dir path", box => box.TryOpen("/dir/.", OpenFlags.Directory, AccessModes.None), host => host.Open("/dir/.", LibC.OpenPath)),
        new("stat", box => box.TryStat("/dir/f"), host => host.Stat("/dir/f")),
        new("stat up", box => box.TryStat("/dir/s/../f"), host => host.Stat("/dir/s/../f")),
        new("access r", box => Access(box, "/dir/f", AccessCheck.Read), host => host.Access("/dir/f", 4)),
        new("access w", box => Access(box, "/dir/f", AccessCheck.Write), host => host.Access("/dir/f", 2)),
        new("access x", box => Access(box, "/dir/f", AccessCheck.Execute), host => host.Access("/dir/f", 1)),
        new("access rx dir", box => Access(box, "/dir", AccessCheck.Read | AccessCheck.Execute), host => host.Access("/dir", 5)),
        new("access f", box => Access(box, "/dir/f", AccessCheck.Exists), host => host.Access("/dir/f", 0)),
        new("chmod", box => Mode(box, "/dir/f", 0x1A0), host => host.Mode("/dir/f", 0x1A0)),
        new("chmod set-gid dir", box => Mode(box, "/dir/s", 0x5FD), host => host.Mode("/dir/s", 0x5FD)),
        new("chown user", box => Owner(box, "/dir/f", 1002, OwnerUpdate.Keep), host => host.Owner("/dir/f", 1002, uint.MaxValue)),
        new("chown self", box => Owner(box, "/dir/f", 1001, OwnerUpdate.Keep), host => host.Owner("/dir/f", 1001, uint.MaxValue)),
        new("chown group 100", box => Owner(box, "/dir/f", OwnerUpdate.Keep, 100), host => host.Owner("/dir/f", uint.MaxValue, 100)),
        new("chown group 200", box => Owner(box, "/dir/f", OwnerUpdate.Keep, 200), host => host.Owner("/dir/f", uint.MaxValue, 200)),
        new("chown dir", box => Owner(box, "/dir/s", OwnerUpdate.Keep, 200), host => host.Owner("/dir/s", uint.MaxValue, 200)),
        new("utimes now", box => Times(box, "/dir/f", Now), host => host.Times("/dir/f", Now)),
        new("utimes", box => Times(box, "/dir/f", new TimeUpdate(1, 1)), host => host.Times("/dir/f", new TimeUpdate(1, 1))),
        new("utimes now, omit", box => Times(box, "/dir/f", HalfNow), host => host.Times("/dir/f", HalfNow)),
        new("truncate", box => box.Files.SetSize(box.Path("/dir/f"), 3), host => host.Size("/dir/f", 3)),
        new("truncate dir", box => box.Files.SetSize(box.Path("/dir/s"), 3), host => host.Size("/dir/s", 3)),
        new("unlink", box => box.Unlink("/dir/f"), host => host.Remove("/dir/f", false)),
        new("unlink dir", box => box.Unlink("/dir/s"), host => host.Remove("/dir/s", false)),
        new("unlink slash", box => box.Unlink("/dir/f/"), host => host.Remove("/dir/f/", false)),
        new("unlink none", box => box.Unlink("/dir/none"), host => host.Remove("/dir/none", false)),
        new("rmdir", box => box.RemoveDirectory("/dir/s"), host => host.Remove("/dir/s", true)),
        new("rmdir file", box => box.RemoveDirectory("/dir/f"), host => host.Remove("/dir/f", true)),
        new("rmdir full", box => box.RemoveDirectory("/dir"), host => host.Remove("/dir", true)),
        new("rename", box => box.Rename("/dir/f", "/dir/g"), host => host.Rename("/dir/f", "/dir/g")),
        new("rename same", box => box.Rename("/dir/f", "/dir/f"), host => host.Rename("/dir/f", "/dir/f")),
        new("rename out", box => box.Rename("/dir/f", "/out/g"), host => host.Rename("/dir/f", "/out/g")),
        new("rename onto", box => box.Rename("/out/o", "/dir/f"), host => host.Rename("/out/o", "/dir/f")),
        new("rename onto dir", box => box.Rename("/out/o", "/dir/s"), host => host.Rename("/out/o", "/dir/s")),
        new("rename dir onto", box => box.Rename("/out/d", "/dir/f"), host => host.Rename("/out/d", "/dir/f")),
        new("rename dir onto dir", box => box.Rename("/out/d", "/dir/s"), host => host.Rename("/out/d", "/dir/s")),
        new("rename dir onto full", box => box.Rename("/out/d", "/dir"), host => host.Rename("/out/d", "/dir")),
        new("rename dir out", box => box.Rename("/dir/s", "/out/s2"), host => host.Rename("/dir/s", "/out/s2")),
        new("rename dir within", box => box.Rename("/dir/s", "/dir/g"), host => host.Rename("/dir/s", "/dir/g")),
        new("rename into itself", box => box.Rename("/dir", "/dir/s/x"), host => host.Rename("/dir", "/dir/s/x")),
        new("rename onto above", box => box.Rename("/dir/s", "/dir"), host => host.Rename("/dir/s", "/dir")),
        new("rename slash", box => box.Rename("/dir/f", "/dir/g/"), host => host.Rename("/dir/f", "/dir/g/")),
        new("rename none", box => box.Rename("/dir/none", "/dir/g"), host => host.Rename("/dir/none", "/dir/g")),
        new("rename onto its directory", box => box.Rename("/dir/f", "/dir"), host => host.Rename("/dir/f", "/dir")),
        new("rename deep onto above", box => box.Rename("/dir/s/deep", "/dir"), host => host.Rename("/dir/s/deep", "/dir")),
        new("rename long", box => box.Rename(Long, "/dir/g"), host => host.Rename(Long, "/dir/g")),
        new("rename to long", box => box.Rename("/dir/f", Long), host => host.Rename("/dir/f", Long)),
        new("rename none to long", box => box.Rename("/dir/none", Long), host => host.Rename("/dir/none", Long)),
        new("rename long to none", box => box.Rename(Long, "/none/g"), host => host.Rename(Long, "/none/g")),
        new("rename long to file", box => box.Rename(Long, "/dir/f/g"), host => host.Rename(Long, "/dir/f/g")),
        new("rename none to long path", box => box.Rename("/none/f", LongPath), host => host.Rename("/none/f", LongPath)),
        new("rename long to dot", box => box.Rename(Long, "/dir/."), host => host.Rename(Long, "/dir/.")),
        new("noreplace", box => Rename(box, "/dir/f", "/out/g", RenameMode.NoReplace), host => host.Rename("/dir/f", "/out/g", 1)),
        new("noreplace there", box => Rename(box, "/out/o", "/dir/f", RenameMode.NoReplace), host => host.Rename("/out/o", "/dir/f", 1)),
        new("noreplace dot", box => Rename(box, "/out/o", "/dir/.", RenameMode.NoReplace), host => host.Rename("/out/o", "/dir/.", 1)),
        new("exchange", box => Rename(box, "/out/o", "/dir/f", RenameMode.Exchange), host => host.Rename("/out/o", "/dir/f", 2)),
        new("exchange kinds", box => Rename(box, "/out/o", "/dir/s", RenameMode.Exchange), host => host.Rename("/out/o", "/dir/s", 2)),
        new("exchange none", box => Rename(box, "/out/o", "/dir/g", RenameMode.Exchange), host => host.Rename("/out/o", "/dir/g", 2)),
        new("exchange slash", box => Rename(box, "/dir/s", "/out/o/", RenameMode.Exchange), host => host.Rename("/dir/s", "/out/o/", 2)),
        new("exchange itself", box => Rename(box, "/dir", "/dir/s", RenameMode.Exchange), host => host.Rename("/dir", "/dir/s", 2)),
        new("link", box => box.Link("/dir/f", "/out/l"), host => host.Link("/dir/f", "/out/l")),
        new("link in", box => box.Link("/out/o", "/dir/l"), host => host.Link("/out/o", "/dir/l")),
        new("link dir", box => box.Link("/dir/s", "/out/l"), host => host.Link("/dir/s", "/out/l")),
        new("mkdir", box => box.MakeDirectory("/dir/n", 0x5FF), host => host.MakeDirectory("/dir/n", 0x5FF)),
        new("mkdir there", box => box.MakeDirectory("/dir/f"), host => host.MakeDirectory("/dir/f", 0x1FF)),
        new("symlink", box => box.SymbolicLink("f", "/dir/l"), host => host.SymbolicLink("f", "/dir/l")),
    ];

    private static string Long => "/dir/" + new string('n', 300);

    private static string LongPath => string.Concat(Enumerable.Repeat("/dir/..", 700));

    private static TimeUpdate Now => new(TimeUpdate.Now, TimeUpdate.Now);

    private static TimeUpdate HalfNow => new(TimeUpdate.Now, TimeUpdate.Omit);

    private static Actor User0 => Actors[0];

    [Test]
    public void EveryCallIsAsTheKernelHasIt()
    {
        Assume.That(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "who else the kernel is asked as takes user 0");
        List<string> differences = [];
        int cases = 0;
        Exception? failure = null;

        // A thread that ends with the test, whatever user it is by then.
        Thread thread = new(() =>
        {
            try
            {
                cases = Compare(differences);
            }
            catch (Exception exception)
            {
                failure = exception;
            }
        });
        thread.Start();
        thread.Join();
        Assert.That(failure, Is.Null);
        Assert.That(differences, Is.Empty, $"{differences.Count} of {cases}:\n{string.Join('\n', differences.Take(40))}");
        Assert.That(cases, Is.GreaterThan(10_000));
    }

    private static int Compare(List<string> differences)
    {
        int cases = 0;
        bool protectsLinks = File.ReadAllText("/proc/sys/fs/protected_hardlinks").Trim() == "1";
        using TestTree inBox = new(Driver.Linux);
        using TestTree onHost = new(Driver.Linux);
        IdentityRange[] all = [new IdentityRange(0, 0, 65_000)];
        MountOptions options = new() { Identities = new IdentityMap(all, all) };
        using TestBox box = new(vfs => vfs.MountHostDirectory("/", inBox.Inside, options));
        HostSide boxSide = new(inBox.Inside);
        HostSide hostSide = new(onHost.Inside);
        for (int pair = 0; pair < Directories.Length * Files.Length; pair += 2)
        {
            Owned directory = Directories[pair / Files.Length];
            Owned file = Files[pair % Files.Length];
            foreach (Actor actor in Actors)
            {
                string?[] expected = Run(actor, HostSide.Become, hostSide, directory, file, call => Result(call.OnHost(hostSide)), protectsLinks);
                box.Process.Credentials = actor.Credentials;
                string?[] actual = Run(actor, static _ => { }, boxSide, directory, file, call => call.InBox(box).ToName(), protectsLinks);
                for (int i = 0; i < Calls.Length; i++)
                {
                    cases++;
                    if (expected[i] != actual[i] && !IsBoxRootsWrite(actor, file, Calls[i]))
                    {
                        differences.Add($"{Calls[i].Name} by {actor.User}:{actor.Group} in {directory} on {file}:\n  kernel {expected[i]}\n  box    {actual[i]}");
                    }
                }
            }
        }

        return cases;
    }

    /// <summary>User 0 of a box is not the host's, whose writing leaves the set-id bits of a program.</summary>
    private static bool IsBoxRootsWrite(Actor actor, Owned file, Call call) =>
        actor.User == 0 && (file.Mode & 0xC00) != 0 && (call.Name is "truncate" or "open trunc");

    /// <summary>Makes every call on files made anew for it.</summary>
    private static string?[] Run(Actor actor, Action<Actor> become, HostSide side, Owned directory, Owned file, Func<Call, string> call, bool protectsLinks)
    {
        string?[] results = new string?[Calls.Length];
        Make(side, directory, file);
        for (int i = 0; i < Calls.Length; i++)
        {
            if (Calls[i].Name == "link" && !protectsLinks)
            {
                continue;
            }

            become(actor);
            string result = call(Calls[i]);
            become(User0);
            results[i] = result;
            if (result == "0")
            {
                results[i] += " " + string.Join(' ', Watched.Select(side.Describe));
                Clear(side);
                Make(side, directory, file);
            }
        }

        Clear(side);
        return results;
    }

    private static void Make(HostSide side, Owned directory, Owned file)
    {
        Set("/out", new Owned(0x1FF, 0, 0), true);
        Set("/out/o", new Owned(0x1FF, 1001, 100), false);
        Set("/out/d", new Owned(0x1FF, 1001, 100), true);
        Set("/dir", new Owned(0x1FF, 0, 0), true);
        Set("/dir/f", file, false);
        Set("/dir/s", file with { Mode = file.Mode & 0x3FF }, true);
        Give("/dir", directory);

        void Set(string path, Owned owned, bool isDirectory)
        {
            Assert.That(isDirectory ? side.MakeDirectory(path, 0x1FF) : side.Open(path, LibC.OpenCreate | 1), Is.Zero, path);
            Give(path, owned);
        }

        void Give(string path, Owned owned)
        {
            Assert.That(side.Owner(path, owned.User, owned.Group), Is.Zero);
            Assert.That(side.Mode(path, owned.Mode), Is.Zero);
        }
    }

    private static void Clear(HostSide side)
    {
        foreach (string path in Watched.Reverse())
        {
            if (side.Remove(path, false) != 0)
            {
                side.Remove(path, true);
            }
        }

        side.Remove("/out", true);
        side.Remove("/dir", true);
    }

    private static string Result(int result) => result == 0 ? "0" : LibC.LastError().ToName();

    private static Errno Create(TestBox box, string path, ushort mode)
    {
        // No file of the host gets a set-id bit, so the kernel is asked without.
        Errno errno = box.Files.Open(box.Path(path), new OpenRequest(OpenFlags.Create, AccessModes.Write, Mode: mode), out OpenFile? file);
        file?.Release();
        return errno;
    }

    private static Errno Access(TestBox box, string path, AccessCheck check) => box.Files.Access(box.Path(path), check);

    private static Errno Mode(TestBox box, string path, ushort mode) => box.Files.SetMode(box.Path(path), mode);

    private static Errno Owner(TestBox box, string path, uint user, uint group) =>
        box.Files.SetOwner(box.Path(path), new OwnerUpdate(user, group));

    private static Errno Times(TestBox box, string path, TimeUpdate times) => box.Files.SetTimes(box.Path(path), times);

    private static Errno Rename(TestBox box, string from, string to, RenameMode mode) => box.Files.Rename(box.Path(from), box.Path(to), mode);
}
