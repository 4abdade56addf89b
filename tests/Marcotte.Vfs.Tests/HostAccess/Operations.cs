using System.IO.Abstractions;
using System.Text;

namespace Marcotte.Vfs.Tests.HostAccess;

/// <summary>Everything that can be done with one path, and with two.</summary>
internal static class Operations
{
    private static readonly DateTime Moment = new(2001, 2, 3, 4, 5, 6, 789, DateTimeKind.Utc);
    private static readonly UTF8Encoding WithMark = new(encoderShouldEmitUTF8Identifier: true);
    private static readonly string[] Lines = ["one", "two"];
    private static readonly byte[] Bytes = [1, 2, 3];

    internal static readonly Dictionary<string, Func<IFileSystem, string?, object?>> OnePath = new()
    {
        ["File.Exists"] = (fs, path) => fs.File.Exists(path),
        ["Directory.Exists"] = (fs, path) => fs.Directory.Exists(path),
        ["Path.Exists"] = (fs, path) => fs.Path.Exists(path),
        ["File.Delete"] = (fs, path) => Do(() => fs.File.Delete(path!)),
        ["File.GetAttributes"] = (fs, path) => fs.File.GetAttributes(path!),
        ["File.SetAttributes read-only"] = (fs, path) => Do(() => fs.File.SetAttributes(path!, FileAttributes.ReadOnly)),
        ["File.SetAttributes normal"] = (fs, path) => Do(() => fs.File.SetAttributes(path!, FileAttributes.Normal)),
        ["File.SetAttributes wrong"] = (fs, path) => Do(() => fs.File.SetAttributes(path!, (FileAttributes)0x10000000)),
        ["File.GetUnixFileMode"] = (fs, path) => fs.File.GetUnixFileMode(path!),
        ["File.SetUnixFileMode"] = (fs, path) => Do(() => fs.File.SetUnixFileMode(path!, (UnixFileMode)0x1E8)),
        ["File.SetUnixFileMode wrong"] = (fs, path) => Do(() => fs.File.SetUnixFileMode(path!, (UnixFileMode)0x4000)),
        ["File.SetLastWriteTimeUtc"] = (fs, path) => Set(() => fs.File.SetLastWriteTimeUtc(path!, Moment), () => fs.File.GetLastWriteTimeUtc(path!)),
        ["File.SetLastWriteTime"] = (fs, path) => Set(() => fs.File.SetLastWriteTime(path!, Moment), () => fs.File.GetLastWriteTime(path!)),
        ["File.SetLastAccessTimeUtc"] = (fs, path) => Set(() => fs.File.SetLastAccessTimeUtc(path!, Moment), () => fs.File.GetLastAccessTimeUtc(path!)),
        ["File.SetLastAccessTime"] = (fs, path) => Set(() => fs.File.SetLastAccessTime(path!, Moment), () => fs.File.GetLastAccessTime(path!)),
        ["File.SetCreationTimeUtc"] = (fs, path) => Set(() => fs.File.SetCreationTimeUtc(path!, Moment), () => fs.File.GetCreationTimeUtc(path!)),
        ["File.SetCreationTime"] = (fs, path) => Set(() => fs.File.SetCreationTime(path!, Moment), () => fs.File.GetCreationTime(path!)),
        ["Directory.SetLastWriteTimeUtc"] = (fs, path) => Set(() => fs.Directory.SetLastWriteTimeUtc(path!, Moment), () => fs.Directory.GetLastWriteTimeUtc(path!)),
        ["Directory.SetLastWriteTime"] = (fs, path) => Set(() => fs.Directory.SetLastWriteTime(path!, Moment), () => fs.Directory.GetLastWriteTime(path!)),
        ["Directory.SetLastAccessTimeUtc"] = (fs, path) => Set(() => fs.Directory.SetLastAccessTimeUtc(path!, Moment), () => fs.Directory.GetLastAccessTimeUtc(path!)),
        ["Directory.SetLastAccessTime"] = (fs, path) => Set(() => fs.Directory.SetLastAccessTime(path!, Moment), () => fs.Directory.GetLastAccessTime(path!)),
        ["Directory.SetCreationTimeUtc"] = (fs, path) => Set(() => fs.Directory.SetCreationTimeUtc(path!, Moment), () => fs.Directory.GetCreationTimeUtc(path!)),
        ["Directory.SetCreationTime"] = (fs, path) => Set(() => fs.Directory.SetCreationTime(path!, Moment), () => fs.Directory.GetCreationTime(path!)),
        ["File.ReadAllText"] = (fs, path) => fs.File.ReadAllText(path!),
        ["File.ReadAllTextAsync"] = (fs, path) => Await(fs.File.ReadAllTextAsync(path!)),
        ["File.ReadAllBytes"] = (fs, path) => fs.File.ReadAllBytes(path!),
        ["File.ReadAllBytesAsync"] = (fs, path) => Await(fs.File.ReadAllBytesAsync(path!)),
        ["File.ReadAllLines"] = (fs, path) => fs.File.ReadAllLines(path!),
        ["File.ReadAllLinesAsync"] = (fs, path) => Await(fs.File.ReadAllLinesAsync(path!)),
        ["File.ReadLines"] = (fs, path) => fs.File.ReadLines(path!),
        ["File.ReadLinesAsync"] = (fs, path) => Await(fs.File.ReadLinesAsync(path!)),
        ["File.OpenText"] = (fs, path) => Using(fs.File.OpenText(path!), reader => reader.ReadToEnd()),
        ["File.WriteAllText"] = (fs, path) => Do(() => fs.File.WriteAllText(path!, "new")),
        ["File.WriteAllText null"] = (fs, path) => Do(() => fs.File.WriteAllText(path!, null)),
        ["File.WriteAllText encoding"] = (fs, path) => Do(() => fs.File.WriteAllText(path!, "new", WithMark)),
        ["File.WriteAllText encoding empty"] = (fs, path) => Do(() => fs.File.WriteAllText(path!, string.Empty, WithMark)),
        ["File.WriteAllText span"] = (fs, path) => Do(() => fs.File.WriteAllText(path!, "new".AsSpan(), Encoding.Unicode)),
        ["File.WriteAllText no encoding"] = (fs, path) => Do(() => fs.File.WriteAllText(path!, "new", null!)),
        ["File.WriteAllTextAsync"] = (fs, path) => Await(fs.File.WriteAllTextAsync(path!, "new")),
        ["File.WriteAllTextAsync cancelled"] = (fs, path) => Await(fs.File.WriteAllTextAsync(path!, "new", new CancellationToken(true))),
        ["File.WriteAllBytes"] = (fs, path) => Do(() => fs.File.WriteAllBytes(path!, Bytes)),
        ["File.WriteAllBytes null"] = (fs, path) => Do(() => fs.File.WriteAllBytes(path!, null!)),
        ["File.WriteAllBytesAsync"] = (fs, path) => Await(fs.File.WriteAllBytesAsync(path!, Bytes)),
        ["File.WriteAllLines"] = (fs, path) => Do(() => fs.File.WriteAllLines(path!, Lines)),
        ["File.WriteAllLines null"] = (fs, path) => Do(() => fs.File.WriteAllLines(path!, (string[])null!)),
        ["File.WriteAllLines encoding"] = (fs, path) => Do(() => fs.File.WriteAllLines(path!, Lines, Encoding.UTF32)),
        ["File.WriteAllLinesAsync"] = (fs, path) => Await(fs.File.WriteAllLinesAsync(path!, Lines)),
        ["File.AppendAllText"] = (fs, path) => Do(() => fs.File.AppendAllText(path!, "more")),
        ["File.AppendAllText encoding"] = (fs, path) => Do(() => fs.File.AppendAllText(path!, "more", WithMark)),
        ["File.AppendAllTextAsync"] = (fs, path) => Await(fs.File.AppendAllTextAsync(path!, "more")),
        ["File.AppendAllBytes"] = (fs, path) => Do(() => fs.File.AppendAllBytes(path!, Bytes)),
        ["File.AppendAllBytesAsync"] = (fs, path) => Await(fs.File.AppendAllBytesAsync(path!, Bytes)),
        ["File.AppendAllLines"] = (fs, path) => Do(() => fs.File.AppendAllLines(path!, Lines)),
        ["File.AppendAllLinesAsync"] = (fs, path) => Await(fs.File.AppendAllLinesAsync(path!, Lines)),
        ["File.AppendText"] = (fs, path) => Using(fs.File.AppendText(path!), Write),
        ["File.CreateText"] = (fs, path) => Using(fs.File.CreateText(path!), Write),
        ["File.Create"] = (fs, path) => Using(fs.File.Create(path!), Describe),
        ["File.Create deleting"] = (fs, path) => Using(fs.File.Create(path!, 1, FileOptions.DeleteOnClose), Describe),
        ["File.Create wrong buffer"] = (fs, path) => Using(fs.File.Create(path!, -1), Describe),
        ["File.Create wrong options"] = (fs, path) => Using(fs.File.Create(path!, 1, (FileOptions)7), Describe),
        ["File.OpenRead"] = (fs, path) => Using(fs.File.OpenRead(path!), Describe),
        ["File.OpenWrite"] = (fs, path) => Using(fs.File.OpenWrite(path!), Describe),
        ["File.Open create new"] = (fs, path) => Using(fs.File.Open(path!, FileMode.CreateNew), Describe),
        ["File.Open create"] = (fs, path) => Using(fs.File.Open(path!, FileMode.Create), Describe),
        ["File.Open open"] = (fs, path) => Using(fs.File.Open(path!, FileMode.Open), Describe),
        ["File.Open open or create"] = (fs, path) => Using(fs.File.Open(path!, FileMode.OpenOrCreate), Describe),
        ["File.Open truncate"] = (fs, path) => Using(fs.File.Open(path!, FileMode.Truncate), Describe),
        ["File.Open append"] = (fs, path) => Using(fs.File.Open(path!, FileMode.Append), Describe),
        ["File.Open wrong mode"] = (fs, path) => Using(fs.File.Open(path!, (FileMode)9), Describe),
        ["File.Open wrong access"] = (fs, path) => Using(fs.File.Open(path!, FileMode.Open, 0), Describe),
        ["File.Open wrong share"] = (fs, path) => Using(fs.File.Open(path!, FileMode.Open, FileAccess.Read, (FileShare)99), Describe),
        ["File.Open truncate to read"] = (fs, path) => Using(fs.File.Open(path!, FileMode.Truncate, FileAccess.Read), Describe),
        ["File.Open append to read"] = (fs, path) => Using(fs.File.Open(path!, FileMode.Append, FileAccess.ReadWrite), Describe),
        ["File.Open options"] = (fs, path) => Using(
            fs.File.Open(path!, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, PreallocationSize = 100, UnixCreateMode = UnixFileMode.UserRead }), Describe),
        ["File.Open no options"] = (fs, path) => Using(fs.File.Open(path!, null!), Describe),
        ["File.Open preallocating to read"] = (fs, path) => Using(
            fs.File.Open(path!, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, PreallocationSize = 100 }), Describe),
        ["File.Open preallocating what is there"] = (fs, path) => Using(
            fs.File.Open(path!, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Write, PreallocationSize = 100 }), Describe),
        ["FileStream.New"] = (fs, path) => Using(fs.FileStream.New(path!, FileMode.Open), Describe),
        ["FileStream.New append"] = (fs, path) => Using(fs.FileStream.New(path!, FileMode.Append), Describe),
        ["FileStream.New asynchronous"] = (fs, path) => Using(fs.FileStream.New(path!, FileMode.OpenOrCreate, FileAccess.Read, FileShare.ReadWrite, 0, true), Describe),
        ["File.Encrypt"] = (fs, path) => Do(() => fs.File.Encrypt(path!)),
        ["File.Decrypt"] = (fs, path) => Do(() => fs.File.Decrypt(path!)),
        ["File.ResolveLinkTarget"] = (fs, path) => fs.File.ResolveLinkTarget(path!, returnFinalTarget: false),
        ["File.ResolveLinkTarget final"] = (fs, path) => fs.File.ResolveLinkTarget(path!, returnFinalTarget: true),
        ["Directory.ResolveLinkTarget"] = (fs, path) => fs.Directory.ResolveLinkTarget(path!, returnFinalTarget: false),
        ["Directory.ResolveLinkTarget final"] = (fs, path) => fs.Directory.ResolveLinkTarget(path!, returnFinalTarget: true),
        ["Directory.CreateDirectory"] = (fs, path) => fs.Directory.CreateDirectory(path!),
        ["Directory.CreateDirectory below"] = (fs, path) => fs.Directory.CreateDirectory(path + "/new/directory"),
        ["Directory.CreateDirectory mode"] = (fs, path) => fs.File.GetUnixFileMode(fs.Directory.CreateDirectory(path!, UnixFileMode.UserRead | UnixFileMode.UserWrite).FullName),
        ["Directory.CreateDirectory wrong mode"] = (fs, path) => fs.Directory.CreateDirectory(path!, (UnixFileMode)0x4000),
        ["Directory.Delete"] = (fs, path) => Do(() => fs.Directory.Delete(path!)),
        ["Directory.Delete recursive"] = (fs, path) => Do(() => fs.Directory.Delete(path!, recursive: true)),
        ["Directory.GetParent"] = (fs, path) => fs.Directory.GetParent(path!),
        ["Directory.GetDirectoryRoot"] = (fs, path) => fs.Directory.GetDirectoryRoot(path!),
        ["Directory.GetFiles"] = (fs, path) => fs.Directory.GetFiles(path!),
        ["Directory.GetDirectories"] = (fs, path) => fs.Directory.GetDirectories(path!),
        ["Directory.GetFileSystemEntries"] = (fs, path) => fs.Directory.GetFileSystemEntries(path!),
        ["Directory.GetFileSystemEntries all"] = (fs, path) => fs.Directory.GetFileSystemEntries(path!, "*", SearchOption.AllDirectories),
        ["Directory.GetFileSystemEntries options"] = (fs, path) => fs.Directory.GetFileSystemEntries(path!, "*", new EnumerationOptions { RecurseSubdirectories = true }),
        ["Directory.GetFiles as pattern"] = (fs, path) => fs.Directory.GetFiles("/no-such-directory", path!),
        ["Directory.EnumerateFiles not enumerated"] = (fs, path) => Do(() => fs.Directory.EnumerateFiles(path!)),
        ["FileInfo"] = (fs, path) => fs.FileInfo.New(path!),
        ["FileInfo.Exists"] = (fs, path) => fs.FileInfo.New(path!).Exists,
        ["FileInfo.Length"] = (fs, path) => fs.FileInfo.New(path!).Length,
        ["FileInfo.Attributes"] = (fs, path) => fs.FileInfo.New(path!).Attributes,
        ["FileInfo.IsReadOnly"] = (fs, path) => fs.FileInfo.New(path!).IsReadOnly,
        ["FileInfo.IsReadOnly set"] = (fs, path) => Do(() => fs.FileInfo.New(path!).IsReadOnly = true),
        ["FileInfo.LinkTarget"] = (fs, path) => fs.FileInfo.New(path!).LinkTarget,
        ["FileInfo.Directory"] = (fs, path) => fs.FileInfo.New(path!).Directory,
        ["FileInfo.DirectoryName"] = (fs, path) => fs.FileInfo.New(path!).DirectoryName,
        ["FileInfo.Extension"] = (fs, path) => fs.FileInfo.New(path!).Extension,
        ["FileInfo.Delete"] = (fs, path) => Do(() => fs.FileInfo.New(path!).Delete()),
        ["FileInfo.Create"] = (fs, path) => Using(fs.FileInfo.New(path!).Create(), Describe),
        ["FileInfo.OpenRead"] = (fs, path) => Using(fs.FileInfo.New(path!).OpenRead(), Describe),
        ["FileInfo.OpenWrite"] = (fs, path) => Using(fs.FileInfo.New(path!).OpenWrite(), Describe),
        ["FileInfo.Open"] = (fs, path) => Using(fs.FileInfo.New(path!).Open(FileMode.Open, FileAccess.Read), Describe),
        ["FileInfo.OpenText"] = (fs, path) => Using(fs.FileInfo.New(path!).OpenText(), reader => reader.ReadToEnd()),
        ["FileInfo.AppendText"] = (fs, path) => Using(fs.FileInfo.New(path!).AppendText(), Write),
        ["FileInfo.CreateText"] = (fs, path) => Using(fs.FileInfo.New(path!).CreateText(), Write),
        ["FileInfo.LastWriteTime set"] = (fs, path) => Do(() => fs.FileInfo.New(path!).LastWriteTime = Moment),
        ["FileInfo.LastWriteTime missing"] = (fs, path) => fs.FileInfo.New(path + "/no").LastWriteTime,
        ["FileInfo.Refresh"] = (fs, path) => Do(() => fs.FileInfo.New(path!).Refresh()),
        ["FileInfo.ResolveLinkTarget"] = (fs, path) => fs.FileInfo.New(path!).ResolveLinkTarget(returnFinalTarget: true),
        ["DirectoryInfo"] = (fs, path) => fs.DirectoryInfo.New(path!),
        ["DirectoryInfo.Exists"] = (fs, path) => fs.DirectoryInfo.New(path!).Exists,
        ["DirectoryInfo.Attributes"] = (fs, path) => fs.DirectoryInfo.New(path!).Attributes,
        ["DirectoryInfo.Parent"] = (fs, path) => fs.DirectoryInfo.New(path!).Parent,
        ["DirectoryInfo.Root"] = (fs, path) => fs.DirectoryInfo.New(path!).Root,
        ["DirectoryInfo.Extension"] = (fs, path) => fs.DirectoryInfo.New(path!).Extension,
        ["DirectoryInfo.Create"] = (fs, path) => Do(() => fs.DirectoryInfo.New(path!).Create()),
        ["DirectoryInfo.CreateSubdirectory"] = (fs, path) => fs.DirectoryInfo.New(path!).CreateSubdirectory("new/sub"),
        ["DirectoryInfo.CreateSubdirectory outside"] = (fs, path) => fs.DirectoryInfo.New(path!).CreateSubdirectory("../outside"),
        ["DirectoryInfo.CreateSubdirectory empty"] = (fs, path) => fs.DirectoryInfo.New(path!).CreateSubdirectory(string.Empty),
        ["DirectoryInfo.CreateSubdirectory rooted"] = (fs, path) => fs.DirectoryInfo.New(path!).CreateSubdirectory("/x"),
        ["DirectoryInfo.Delete"] = (fs, path) => Do(() => fs.DirectoryInfo.New(path!).Delete()),
        ["DirectoryInfo.Delete recursive"] = (fs, path) => Do(() => fs.DirectoryInfo.New(path!).Delete(recursive: true)),
        ["DirectoryInfo.GetFiles"] = (fs, path) => fs.DirectoryInfo.New(path!).GetFiles(),
        ["DirectoryInfo.GetDirectories"] = (fs, path) => fs.DirectoryInfo.New(path!).GetDirectories("*", SearchOption.AllDirectories),
        ["DirectoryInfo.GetFileSystemInfos"] = (fs, path) => fs.DirectoryInfo.New(path!).GetFileSystemInfos("*", new EnumerationOptions { AttributesToSkip = 0 }),
        ["DirectoryInfo.LinkTarget"] = (fs, path) => fs.DirectoryInfo.New(path!).LinkTarget,
        ["DirectoryInfo.LastWriteTimeUtc set"] = (fs, path) => Do(() => fs.DirectoryInfo.New(path!).LastWriteTimeUtc = Moment),
        ["Path.GetFullPath"] = (fs, path) => fs.Path.GetFullPath(path!),
        ["FileVersionInfo"] = (fs, path) => fs.FileVersionInfo.GetVersionInfo(path!).ProductName,
    };

    internal static readonly Dictionary<string, Func<IFileSystem, string?, string?, object?>> TwoPaths = new()
    {
        ["File.Copy"] = (fs, source, target) => Do(() => fs.File.Copy(source!, target!)),
        ["File.Copy over"] = (fs, source, target) => Do(() => fs.File.Copy(source!, target!, overwrite: true)),
        ["File.Move"] = (fs, source, target) => Do(() => fs.File.Move(source!, target!)),
        ["File.Move over"] = (fs, source, target) => Do(() => fs.File.Move(source!, target!, overwrite: true)),
        ["File.Replace"] = (fs, source, target) => Do(() => fs.File.Replace(source!, target!, null)),
        ["File.Replace backup"] = (fs, source, target) => Do(() => fs.File.Replace(source!, fs.Path.Join(fs.Path.GetDirectoryName(target), "g"), target)),
        ["Directory.Move"] = (fs, source, target) => Do(() => fs.Directory.Move(source!, target!)),
        ["File.CreateSymbolicLink"] = (fs, source, target) => fs.File.CreateSymbolicLink(source!, target!),
        ["Directory.CreateSymbolicLink"] = (fs, source, target) => fs.Directory.CreateSymbolicLink(source!, target!),
        ["FileInfo.MoveTo"] = (fs, source, target) => Info(fs.FileInfo.New(source!), info => info.MoveTo(target!)),
        ["FileInfo.CopyTo"] = (fs, source, target) => Do(() => fs.FileInfo.New(source!).CopyTo(target!, overwrite: true)),
        ["FileInfo.Replace"] = (fs, source, target) => fs.FileInfo.New(source!).Replace(target!, null),
        ["DirectoryInfo.MoveTo"] = (fs, source, target) => Info(fs.DirectoryInfo.New(source!), info => info.MoveTo(target!)),
        ["FileInfo.CreateAsSymbolicLink"] = (fs, source, target) => Info(fs.FileInfo.New(source!), info => info.CreateAsSymbolicLink(target!)),
        ["Path.GetRelativePath"] = (fs, source, target) => fs.Path.GetRelativePath(source!, target!),
    };

    private static bool Do(Action operation)
    {
        operation();
        return true;
    }

    /// <summary>A link's slash sets what it leads to, and the link is what is asked: then any time would be right.</summary>
    private static string Set(Action set, Func<DateTime> get)
    {
        set();
        DateTime time = get();
        return $"{(time.ToUniversalTime() == Moment ? "set" : "as it was")} {time.Kind}";
    }

    private static IFileSystemInfo Info<T>(T info, Action<T> operation)
        where T : IFileSystemInfo
    {
        operation(info);
        return info;
    }

    private static object? Using<T>(T opened, Func<T, object?> use)
        where T : IDisposable
    {
        using (opened)
        {
            return use(opened);
        }
    }

    private static object Describe(FileSystemStream stream)
    {
        string described = $"{stream.Name} {stream.CanRead} {stream.CanWrite} {stream.CanSeek} {stream.CanTimeout} {stream.IsAsync} {stream.Position} {stream.Length}";
        if (stream.CanWrite)
        {
            stream.Write("written"u8);
        }

        return described;
    }

    private static object Write(StreamWriter writer)
    {
        writer.WriteLine("written");
        return writer.Encoding.WebName;
    }

    private static bool Await(Task task)
    {
        task.GetAwaiter().GetResult();
        return true;
    }

    private static T Await<T>(Task<T> task) => task.GetAwaiter().GetResult();

    private static string[] Await(IAsyncEnumerable<string> lines) => Await(Collect(lines));

    private static async Task<string[]> Collect(IAsyncEnumerable<string> lines)
    {
        List<string> all = [];
        await foreach (string line in lines)
        {
            all.Add(line);
        }

        return [.. all];
    }
}
