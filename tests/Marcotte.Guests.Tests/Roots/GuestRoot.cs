using Marcotte.Vfs;

namespace Marcotte.Guests.Tests;

/// <summary>The tree that a run's granted directories lie in, and what must not be touched beside them. Paths count from its top.</summary>
internal abstract class GuestRoot : IDisposable
{
    /// <summary>A file beside what is granted, in every run.</summary>
    private const string Sentinel = "sentinel";

    /// <summary>Its own path where guests run; empty for the root of the box.</summary>
    internal abstract string Path { get; }

    /// <summary>What is made before the run, each directory before what is in it.</summary>
    internal static SortedDictionary<string, TreeEntry> Plan(GuestCase guest, string rootPath)
    {
        SortedDictionary<string, TreeEntry> plan = new(StringComparer.Ordinal) { [Sentinel] = TreeEntry.File("untouched"u8.ToArray()) };
        foreach (PreopenedDirectory preopen in guest.Preopens)
        {
            Add(plan, preopen.Path.Trim('/'), TreeEntry.Directory);
        }

        foreach (SetupStep step in guest.Setup)
        {
            Add(plan, step.Path, step.Entry(rootPath));
        }

        return plan;
    }

    /// <summary>Adds an entry and the directories on the way to it.</summary>
    internal static void Add(SortedDictionary<string, TreeEntry> plan, string path, TreeEntry entry)
    {
        for (int slash = path.IndexOf('/', StringComparison.Ordinal); slash > 0; slash = path.IndexOf('/', slash + 1))
        {
            plan.TryAdd(path[..slash], TreeEntry.Directory);
        }

        if (path.Length > 0)
        {
            plan[path] = entry;
        }
    }

    /// <summary>Mounts what a guest is granted, under the preopens' paths.</summary>
    internal abstract void Mount(VfsOptions files);

    /// <summary>Looks at a run's box once it has ended, before it is gone.</summary>
    internal virtual void Look(Box box)
    {
    }

    /// <summary>What a path stands for now, no link followed; null for nothing.</summary>
    internal abstract TreeEntry? Find(string path);

    /// <summary>The names in a directory now.</summary>
    internal abstract IReadOnlyList<string> Names(string path);

    /// <summary>All there is now, except what lies in these directories.</summary>
    internal SortedDictionary<string, TreeEntry> Snapshot(params IEnumerable<string> except)
    {
        SortedDictionary<string, TreeEntry> tree = new(StringComparer.Ordinal);
        Collect(string.Empty, tree, [.. except.Select(path => path.Trim('/'))]);
        return tree;
    }

    /// <inheritdoc/>
    public virtual void Dispose() => GC.SuppressFinalize(this);

    private void Collect(string directory, SortedDictionary<string, TreeEntry> tree, HashSet<string> except)
    {
        foreach (string path in Names(directory).Select(name => directory.Length == 0 ? name : $"{directory}/{name}"))
        {
            TreeEntry entry = Find(path)!;
            tree[path] = entry;
            if (entry.Kind == TreeEntryKind.Directory && !except.Contains(path))
            {
                Collect(path, tree, except);
            }
        }
    }
}
