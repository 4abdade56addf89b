using Marcotte.Core;

namespace Marcotte.Model.Tests;

/// <summary>What every tree starts with: by calls where it is empty, from below or from a snapshot where it is not.</summary>
internal static class Prepared
{
    private static readonly Call[] Root = [new SetMode(new Place(-1, "/"), 0x1FF), new SetOwner(new Place(-1, "/"), new OwnerUpdate(0, 0), true)];

    private static readonly Call[] First =
    [
        .. Root,
        .. Directory("/a", 0x1FF),
        .. Directory("/a/b", 0x1ED),
        .. File("/a/c", 'p', 5000, 0x1B6),
        .. File("/b", 'q', 3, 0x1A4),
    ];

    private static readonly Call[] Second =
    [
        .. Directory("/c", 0x3FF),
        .. Directory("/c/a", 0x1C0),
        .. File("/a/b/a", 'r', 10, 0x1B6),
        .. File("/c/d", 's', 4096, 0x180),
        new SetOwner(new Place(-1, "/c/d"), new OwnerUpdate(1001, 1001), true),
        new SetOwner(new Place(-1, "/c/a"), new OwnerUpdate(1001, 1001), true),
        new Link(new Place(-1, "/b"), new Place(-1, "/c/b"), false),
        new SymbolicLink("a/b", new Place(-1, "/l")),
        new SymbolicLink("../b", new Place(-1, "/a/l")),
        new SymbolicLink("/a", new Place(-1, "/c/m")),
        new SymbolicLink("m", new Place(-1, "/m")),
    ];

    /// <summary>Names in the root: a b c l m.</summary>
    internal const int TopNames = 5;

    /// <summary>All of it.</summary>
    internal static void All(Side side)
    {
        Half(side);
        Run(side, Second);
    }

    /// <summary>A part of it, for a layer below one that has all.</summary>
    internal static void Half(Side side) => Run(side, First);

    /// <summary>What is told of the root alone: an overlay's is the upper layer's.</summary>
    internal static void OfRoot(Side side) => Run(side, Root);

    private static void Run(Side side, Call[] calls)
    {
        foreach (Call call in calls)
        {
            Answer answer = call.Run(side);
            if (answer.Errno != Errno.Success)
            {
                throw new InvalidOperationException($"{side.Name} cannot be prepared: {call} is {answer}.");
            }
        }
    }

    private static IEnumerable<Call> Directory(string path, ushort mode) =>
        [new MakeDirectory(new Place(-1, path), 0x1FF), new SetMode(new Place(-1, path), mode)];

    private static IEnumerable<Call> File(string path, char letter, int length, ushort mode) =>
    [
        new Open(0, new Place(-1, path), OpenFlags.Create | OpenFlags.Exclusive, AccessModes.Write, StatusFlags.None, true, 0x1B6),
        new Write(0, letter, length),
        new SetModeOpen(0, mode),
        new Close(0),
    ];
}
