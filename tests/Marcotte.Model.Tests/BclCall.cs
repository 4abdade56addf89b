using System.Globalization;
using System.IO.Abstractions;
using CsCheck;

namespace Marcotte.Model.Tests;

/// <summary>A call of .NET's own file API, which System.IO.Abstractions passes on.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
internal sealed record BclCall(string Name, string Path, string Other, int Number)
{
    private static readonly (string Name, Func<IFileSystem, string, string, int, object?> Run)[] Calls =
    [
        ("WriteAllText", static (files, path, _, number) => Do(() => files.File.WriteAllText(path, new string('w', number % 5000)))),
        ("WriteAllText", static (files, path, _, number) => Do(() => files.File.WriteAllText(path, new string('v', number % 50)))),
        ("AppendAllText", static (files, path, _, number) => Do(() => files.File.AppendAllText(path, new string('a', number % 5000)))),
        ("ReadAllText", static (files, path, _, _) => files.File.ReadAllText(path)),
        ("File.Delete", static (files, path, _, _) => Do(() => files.File.Delete(path))),
        ("File.Move", static (files, path, other, number) => Do(() => files.File.Move(path, other, number % 2 == 0))),
        ("File.Copy", static (files, path, other, number) => Do(() => files.File.Copy(path, other, number % 2 == 0))),
        ("File.Replace", static (files, path, other, _) => Do(() => files.File.Replace(path, other, null))),
        ("File.Exists", static (files, path, _, _) => files.File.Exists(path)),
        ("GetAttributes", static (files, path, _, _) => files.File.GetAttributes(path)),
        ("SetAttributes", static (files, path, _, number) => Do(() => files.File.SetAttributes(path, number % 3 == 0 ? FileAttributes.ReadOnly : FileAttributes.Normal))),
        ("SetLastWriteTime", static (files, path, _, number) => Do(() => files.File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch.AddSeconds(number)))),
        ("Length", static (files, path, _, _) => files.FileInfo.New(path).Length),
        ("SymbolicLink", static (files, path, other, _) => files.File.CreateSymbolicLink(path, files.Path.GetFileName(other.TrimEnd('/'))).FullName),
        ("ResolveLink", static (files, path, _, number) => files.File.ResolveLinkTarget(path, number % 2 == 0)?.FullName),
        ("CreateDirectory", static (files, path, _, _) => files.Directory.CreateDirectory(path).FullName),
        ("CreateDirectory", static (files, path, _, _) => files.Directory.CreateDirectory(path).FullName),
        ("Directory.Delete", static (files, path, _, number) => Do(() => files.Directory.Delete(path, number % 2 == 0))),
        ("Directory.Move", static (files, path, other, _) => Do(() => files.Directory.Move(path, other))),
        ("Directory.Exists", static (files, path, _, _) => files.Directory.Exists(path)),
        ("Entries", static (files, path, _, number) => string.Join(' ', files.Directory.GetFileSystemEntries(
            path, number % 3 == 0 ? "*" : "*a*", number % 2 == 0 ? SearchOption.AllDirectories : SearchOption.TopDirectoryOnly).Order(StringComparer.Ordinal))),
        ("Mode", static (files, path, _, number) => Do(() => files.File.SetUnixFileMode(path, (UnixFileMode)(number % 0x200)))),
        ("Open", static (files, path, _, number) => Stream(files, path, (FileMode)((number % 6) + 1), (FileAccess)((number / 6 % 3) + 1), number % 97)),
    ];

    private static readonly Gen<string> Name4 = Gen.Int[0, 3].Select(static index => "abcd"[index].ToString());

    /// <summary>
    /// Links lead to what is beside them, so that listing all there is comes to an end. Paths are without dots: .NET brings a path into its full form before nearly every call, but makes and resolves links by the path as
    /// it is written, which a tree does not.
    /// </summary>
    private static readonly Gen<string> AnyPath = Gen.Select(
        Gen.Frequency((4, Name4.Array[1]), (4, Name4.Array[2]), (1, Name4.Array[3])),
        Gen.Frequency((12, Gen.Const("")), (1, Gen.Const("/"))),
        static (names, end) => string.Join('/', names) + end);

    /// <summary>Programs of such calls.</summary>
    internal static Gen<BclCall[]> Programs(int length) => Gen.Select(
        Gen.Int[0, Calls.Length - 1], AnyPath, AnyPath, Gen.Int[0, 100_000], static (call, path, other, number) => new BclCall(Calls[call].Name + "#" + call, path, other, number)).Array[length];

    /// <summary>Makes the call; what came of it, with the directory's own path left out.</summary>
    internal string Run(IFileSystem files, string root)
    {
        int call = int.Parse(Name.AsSpan(Name.IndexOf('#', StringComparison.Ordinal) + 1), CultureInfo.InvariantCulture);
        string result;
        try
        {
            result = Convert.ToString(Calls[call].Run(files, $"{root}/{Path}", $"{root}/{Other}", Number), CultureInfo.InvariantCulture) ?? "null";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            result = $"{exception.GetType().Name} {exception.HResult:x}: {exception.Message}";
        }

        return result.Replace(root, "ROOT", StringComparison.Ordinal);
    }

    public override string ToString() => $"{Name} {Path} {Other} {Number}";

    private static object? Do(Action action)
    {
        action();
        return null;
    }

    private static string Stream(IFileSystem files, string path, FileMode mode, FileAccess access, int offset)
    {
        using FileSystemStream stream = files.FileStream.New(path, mode, access);
        string seen = $"{stream.Length} {stream.Position} {stream.CanRead} {stream.CanWrite}";
        if (stream.CanWrite && mode != FileMode.Append)
        {
            stream.Position = offset;
            stream.Write("stream"u8);
            stream.SetLength(offset + 4);
        }
        else if (stream.CanRead)
        {
            seen += " " + stream.ReadByte();
        }

        return $"{seen} {stream.Length} {stream.Position}";
    }
}
