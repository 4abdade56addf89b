using System.Text;
using Marcotte.Core;

namespace Marcotte.Vfs.Tests.HostAccess;

/// <summary>What of the namespace a test needs that a memory tree may not have.</summary>
internal enum Needs
{
    Nothing,

    /// <summary>chmod.</summary>
    Modes,

    /// <summary>getcwd.</summary>
    WorkingDirectory,

    /// <summary>statvfs.</summary>
    Sizes,
}

/// <summary>Tests of what the tree below does not do (ENOSYS) are ignored, by name.</summary>
internal static class Waiting
{
    private static readonly Dictionary<Needs, bool> Known = Probe();

    internal static void For(Needs needs, Target target = Target.Memory)
    {
        if (target != Target.DotNet && !Known[needs])
        {
            Assert.Ignore($"The namespace answers ENOSYS: {needs}.");
        }
    }

    private static Dictionary<Needs, bool> Probe()
    {
        using TestBox box = new();
        PathReference top = new(box.Process, null, "/"u8, PathFlags.Follow);
        return new Dictionary<Needs, bool>
        {
            [Needs.Nothing] = true,
            [Needs.Modes] = box.Files.SetMode(top, 0x1ED) != Errno.NoSys,
            [Needs.WorkingDirectory] = box.Files.WorkingDirectory(box.Process, new byte[64], out _) != Errno.NoSys,
            [Needs.Sizes] = box.Files.StatFileSystem(top, out _) != Errno.NoSys,
        };
    }
}
