using System.IO.Abstractions;

namespace Marcotte.Vfs.Tests.HostAccess;

/// <summary>Tests that are written once and hold for System.IO.Abstractions' own file system and for a box's trees alike.</summary>
[TestFixture(Target.DotNet)]
[TestFixture(Target.Memory)]
[TestFixture(Target.HostDirectory)]
[Platform("Linux")]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public abstract class FileSystemContract(Target target) : IDisposable
{
    private readonly TargetTree _tree = new(target);

    protected Target Target => target;

    protected IFileSystem Files => _tree.Files;

    protected IFile File => Files.File;

    protected IDirectory Directory => Files.Directory;

    protected string Root => _tree.Root;

    public void Dispose()
    {
        _tree.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>A path in the tree.</summary>
    protected string At(string path) => $"{_tree.Root}/{path}";

    /// <summary>Makes a file, and gives its path.</summary>
    protected string Make(string path, string content = "content")
    {
        if (Files.Path.GetDirectoryName(path) is { Length: > 0 } directory)
        {
            Directory.CreateDirectory(At(directory));
        }

        File.WriteAllText(At(path), content);
        return At(path);
    }

    /// <summary>Paths without the tree's own, sorted.</summary>
    protected string[] Relative(IEnumerable<string> paths) =>
        [.. paths.Select(path => Files.Path.GetRelativePath(Root, path)).Order(StringComparer.Ordinal)];
}
