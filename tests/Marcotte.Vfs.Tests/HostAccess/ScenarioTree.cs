using System.Collections.Concurrent;
using System.IO.Abstractions;
using System.Text;

namespace Marcotte.Vfs.Tests.HostAccess;

/// <summary>A tree with one of each kind of thing, and what became of it as text to compare.</summary>
internal sealed class ScenarioTree : IDisposable
{
    /// <summary>Paths that mean something different each; <c>null:</c> and <c>raw:</c> are taken as they are, others lie in the tree.</summary>
    internal static readonly string[] Paths =
    [
        "f", "g", "d", "e", "lf", "ld", "dangling", "loop", "missing", "missing/x", "f/x", "dangling/x", "loop/x",
        "f/", "d/", "ld/", "lf/", "missing/", "d/inner", "ld/inner", "d/sub", "d/../f", "d/.", ".hidden", "readonly",
        "name:long", "path:long", "null:", "raw:", "raw:a\0b",
    ];

    /// <summary>Trees that are as they were made: most operations fail on most paths, and making and describing trees is slow.</summary>
    private static readonly ConcurrentDictionary<Target, ConcurrentBag<ScenarioTree>> Unchanged = new();

    private readonly Target _target;
    private readonly TargetTree _tree;
    private readonly byte[] _made;
    private readonly string _madeText;
    private bool _isChanged;

    private ScenarioTree(Target target)
    {
        _target = target;
        _tree = new TargetTree(target);
        IFile file = Files.File;
        file.WriteAllText(At("f"), "content of f");
        file.WriteAllText(At("g"), "g");
        Files.Directory.CreateDirectory(At("d/sub"));
        Files.Directory.CreateDirectory(At("e"));
        file.WriteAllText(At("d/inner"), "inner");
        file.WriteAllText(At("d/sub/deep"), "deep");
        file.WriteAllText(At(".hidden"), "hidden");
        file.CreateSymbolicLink(At("lf"), "f");
        file.CreateSymbolicLink(At("ld"), At("d"));
        file.CreateSymbolicLink(At("dangling"), "nowhere");
        file.CreateSymbolicLink(At("loop"), "loop");
        file.Open(At("readonly"), new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead,
        }).Dispose();
        _made = TreePrint.Of(_tree.Top);
        _madeText = Describe();
    }

    internal IFileSystem Files => _tree.Files;

    /// <summary>A tree, which goes back when it is disposed.</summary>
    internal static ScenarioTree Take(Target target) =>
        Unchanged.GetOrAdd(target, _ => []).TryTake(out ScenarioTree? tree) ? tree : new ScenarioTree(target);

    /// <summary>Removes what is kept.</summary>
    internal static void Clear()
    {
        foreach (ConcurrentBag<ScenarioTree> trees in Unchanged.Values)
        {
            while (trees.TryTake(out ScenarioTree? tree))
            {
                tree._tree.Dispose();
            }
        }
    }

    public void Dispose()
    {
        if (!_isChanged)
        {
            Unchanged[_target].Add(this);
        }
        else
        {
            _tree.Dispose();
        }
    }

    internal string At(string? path) => path switch
    {
        null or "null:" => null!,
        "name:long" => $"{_tree.Root}/{new string('n', 300)}",
        "path:long" => _tree.Root + string.Concat(Enumerable.Repeat("/" + new string('p', 100), 60)),
        _ when path.StartsWith("raw:", StringComparison.Ordinal) => path[4..],
        _ => $"{_tree.Root}/{path}",
    };

    /// <summary>Does something; tells what came of it and what the tree is then.</summary>
    internal string Outcome(Func<IFileSystem, object?> operation)
    {
        string result;
        try
        {
            result = Text(operation(Files));
        }
        catch (Exception exception) when (exception is not (AssertionException or IgnoreException))
        {
            result = $"{exception.GetType().Name} 0x{exception.HResult:x}: {exception.Message}" +
                (exception.InnerException is { } inner ? $" <- {inner.GetType().Name} 0x{inner.HResult:x}: {inner.Message}" : string.Empty);
        }

        _isChanged = !TreePrint.Of(_tree.Top).AsSpan().SequenceEqual(_made);
        return (result + (_isChanged ? Describe() : _madeText)).Replace(_tree.Root, "ROOT", StringComparison.Ordinal);
    }

    private static string Text(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        bool or int or long or Enum => value.ToString()!,
        DateTime time => $"{time:o} {time.Kind}",
        IFileSystemInfo info => $"{(info is IFileInfo ? "file" : "directory")} {info.FullName} ({info}) {info.Name}",
        IEnumerable<string> texts => string.Join(", ", texts.Order(StringComparer.Ordinal)),
        IEnumerable<IFileSystemInfo> infos => string.Join(", ", infos.Select(Text).Order(StringComparer.Ordinal)),
        IEnumerable<byte> bytes => string.Join(' ', bytes),
        _ => throw new AssertionException($"{value.GetType()} has no text yet."),
    };

    private string Describe()
    {
        StringBuilder text = new();
        Describe(_tree.Root, text);
        return text.ToString();
    }

    private void Describe(string directory, StringBuilder outcome)
    {
        foreach (string path in Files.Directory.GetFileSystemEntries(directory).Order(StringComparer.Ordinal))
        {
            IFileInfo info = Files.FileInfo.New(path);
            outcome.Append('\n').Append(path).Append(' ').Append(info.Attributes);
            if (info.LinkTarget is { } target)
            {
                outcome.Append(" -> ").Append(target);
            }
            else if (info.Exists)
            {
                outcome.Append(" = ").Append(Files.File.ReadAllText(path));
            }
            else
            {
                Describe(path, outcome);
            }
        }
    }
}
