using System.Diagnostics.CodeAnalysis;

namespace Marcotte.Benchmarks.Disk;

/// <summary>A directory on tmpfs with the files that the guests expect, removed with this.</summary>
internal sealed class TmpfsDirectory : IDisposable
{
    private const string SharedMemory = "/dev/shm";
    private const int FileBytes = 64 * 1024;
    private const string DeepDirectory = "a/b/c/d/e/f/g";

    private readonly HashSet<int> _directories = [];

    /// <summary>Makes it, and the small files.</summary>
    public TmpfsDirectory()
    {
        IsTmpfs = Directory.Exists(SharedMemory);
        Path = System.IO.Path.Combine(IsTmpfs ? SharedMemory : System.IO.Path.GetTempPath(), $"marcotte-{System.IO.Path.GetRandomFileName()}");
        string deep = System.IO.Path.Combine(Path, DeepDirectory);
        Directory.CreateDirectory(deep);
        File.WriteAllBytes(System.IO.Path.Combine(Path, "data"), new byte[FileBytes]);
        File.WriteAllBytes(System.IO.Path.Combine(deep, "data"), new byte[FileBytes]);
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>Whether it is on tmpfs; otherwise the disk is measured too.</summary>
    public bool IsTmpfs { get; }

    /// <summary>Makes the directory that has so many files, once.</summary>
    /// <param name="entries">How many; none for 0.</param>
    /// <param name="loops">Who makes them fastest, when it is there.</param>
    public void RequireEntries(int entries, NativeLoops? loops)
    {
        if (entries == 0 || !_directories.Add(entries))
        {
            return;
        }

        if (loops is not null)
        {
            loops.Make(entries);
            return;
        }

        string directory = System.IO.Path.Combine(Path, Letters(entries));
        Directory.CreateDirectory(directory);
        for (int i = 0; i < entries; i++)
        {
            File.Create(System.IO.Path.Combine(directory, Letters(i)), 0).Dispose();
        }
    }

    /// <summary>Removes the directories that have files, as far as somebody is there who does that fast.</summary>
    /// <param name="loops">Who.</param>
    public void RemoveEntries(NativeLoops loops)
    {
        foreach (int entries in _directories)
        {
            loops.Remove(entries);
        }

        _directories.Clear();
    }

    /// <inheritdoc/>
    [SuppressMessage("Design", "CA1031", Justification = "What is left behind is no reason to lose the numbers.")]
    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Somebody has cleaned up before.
        }
        catch (Exception exception)
        {
            Console.Error.WriteLine($"{Path} could not be removed: {exception.Message}");
        }
    }

    /// <summary>A number as the guests and <c>loops.c</c> name files: four bits to a letter from a to p, the lowest first.</summary>
    private static string Letters(int number) =>
        string.Create(8, number, static (name, bits) =>
        {
            for (int i = 0; i < name.Length; i++)
            {
                name[i] = (char)('a' + ((bits >> (4 * i)) & 15));
            }
        });
}
