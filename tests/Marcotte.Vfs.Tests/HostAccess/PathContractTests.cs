using System.IO.Abstractions;

namespace Marcotte.Vfs.Tests.HostAccess;

/// <summary>Every method of paths gives what .NET's own gives on Linux.</summary>
[Platform("Linux")]
internal sealed class PathContractTests
{
    private static readonly string?[] Paths =
    [
        null, "", "/", "//", "///", "a", "a/", "/a", "/a/", "a/b", "/a/b", "//a//b//", "/a/b/", ".", "..", "./a", "../a", "/.", "/..", "/./", "/../",
        "/a/.", "/a/..", "/a/./", "/a/../", "/a/b/..", "/a/b/../", "/a/b/../..", "/a/b/../../..", "/a/../b", "/../../a", "a.txt", ".txt", "a.", "a.b.c",
        "/a.b/c", "/a/.b", "/a/b.", "a..b", "...", "/.../a", "a b", " ", "/ /", "C:\\x", "a\\b", "~", "世界.txt", "a/b/c/d", "a/./b", "a//b", "/a/b.c/", "b\0c",
    ];

    private static readonly IPath DotNet = new System.IO.Abstractions.FileSystem().Path;
    private static readonly IPath Ours = TreeFileSystem.Over(new Vfs.Memory.MemoryFileSystem(new Core.Kernel(Core.Limits.Default))).Path;

    private static readonly Dictionary<string, Func<IPath, string?, string?>> One = new()
    {
        ["GetDirectoryName"] = (p, s) => p.GetDirectoryName(s),
        ["GetDirectoryName span"] = (p, s) => p.GetDirectoryName(s.AsSpan()).ToString(),
        ["GetExtension"] = (p, s) => p.GetExtension(s),
        ["GetExtension span"] = (p, s) => p.GetExtension(s.AsSpan()).ToString(),
        ["GetFileName"] = (p, s) => p.GetFileName(s),
        ["GetFileNameWithoutExtension"] = (p, s) => p.GetFileNameWithoutExtension(s),
        ["GetPathRoot"] = (p, s) => p.GetPathRoot(s),
        ["GetPathRoot span"] = (p, s) => p.GetPathRoot(s.AsSpan()).ToString(),
        ["HasExtension"] = (p, s) => p.HasExtension(s).ToString(),
        ["IsPathRooted"] = (p, s) => p.IsPathRooted(s).ToString(),
        ["IsPathFullyQualified"] = (p, s) => p.IsPathFullyQualified(s!).ToString(),
        ["EndsInDirectorySeparator"] = (p, s) => p.EndsInDirectorySeparator(s!).ToString(),
        ["TrimEndingDirectorySeparator"] = (p, s) => p.TrimEndingDirectorySeparator(s!),
        ["ChangeExtension"] = (p, s) => p.ChangeExtension(s, ".new"),
        ["ChangeExtension no dot"] = (p, s) => p.ChangeExtension(s, "new"),
        ["ChangeExtension none"] = (p, s) => p.ChangeExtension(s, null),
        ["ChangeExtension empty"] = (p, s) => p.ChangeExtension(s, string.Empty),
        ["GetFullPath"] = (p, s) => p.GetFullPath("/" + s),
        ["GetFullPath base"] = (p, s) => p.GetFullPath(s!, "/base/of/it"),
        ["GetFullPath on base"] = (p, s) => p.GetFullPath("x/../y", s!),
        ["Join many"] = (p, s) => p.Join("x", s, "y", s),
        ["Combine many"] = (p, s) => p.Combine("x", s!, "y"),
    };

    private static readonly Dictionary<string, Func<IPath, string?, string?, string?>> Two = new()
    {
        ["Combine"] = (p, a, b) => p.Combine(a!, b!),
        ["Combine array"] = (p, a, b) => p.Combine([a!, b!, "z"]),
        ["Join"] = (p, a, b) => p.Join(a, b),
        ["Join array"] = (p, a, b) => p.Join(["s", a, b]),
        ["GetRelativePath"] = (p, a, b) => p.GetRelativePath(Root(a), Root(b)),
        ["TryJoin"] = (p, a, b) =>
        {
            Span<char> buffer = stackalloc char[12];
            return p.TryJoin(a, b, buffer, out int count) + buffer[..count].ToString();
        },
    };

    [TestCaseSource(nameof(OneNames))]
    public void OfOnePath(string method)
    {
        foreach (string? path in Paths)
        {
            Assert.That(Outcome(() => One[method](Ours, path)), Is.EqualTo(Outcome(() => One[method](DotNet, path))), path ?? "null");
        }
    }

    [TestCaseSource(nameof(TwoNames))]
    public void OfTwoPaths(string method)
    {
        foreach (string? first in Paths)
        {
            foreach (string? second in Paths)
            {
                Assert.That(Outcome(() => Two[method](Ours, first, second)), Is.EqualTo(Outcome(() => Two[method](DotNet, first, second))), $"{first ?? "null"} and {second ?? "null"}");
            }
        }
    }

    [Test]
    public void WhatIsInvalidIsUnixs()
    {
        Assert.That(Ours.GetInvalidFileNameChars(), Is.EqualTo(DotNet.GetInvalidFileNameChars()));
        Assert.That(Ours.GetInvalidPathChars(), Is.EqualTo(DotNet.GetInvalidPathChars()));
        Assert.That((Ours.DirectorySeparatorChar, Ours.AltDirectorySeparatorChar, Ours.PathSeparator, Ours.VolumeSeparatorChar),
            Is.EqualTo((DotNet.DirectorySeparatorChar, DotNet.AltDirectorySeparatorChar, DotNet.PathSeparator, DotNet.VolumeSeparatorChar)));
        string other = Ours.GetRandomFileName();
        Assert.That(Ours.GetRandomFileName(), Has.Length.EqualTo(12).And.Not.EqualTo(other));
    }

    private static IEnumerable<string> OneNames() => One.Keys;

    private static IEnumerable<string> TwoNames() => Two.Keys;

    private static string Root(string? path) => path is { Length: > 0 } ? "/" + path : path!;

    private static string Outcome(Func<string?> run)
    {
        try
        {
            return run() is { } result ? $"\"{result}\"" : "null";
        }
        catch (ArgumentException exception)
        {
            return $"{exception.GetType().Name} {exception.Message}";
        }
    }
}
