using Marcotte.Benchmarks.Disk;
using Marcotte.Benchmarks.Programs;
using Marcotte.Benchmarks.Rows;
using Marcotte.Clock;
using Marcotte.Core;
using Marcotte.Env;
using Marcotte.Vfs;
using Marcotte.Vfs.Memory;
using Marcotte.Wasi;

namespace Marcotte.Benchmarks.Sides;

/// <summary>Makes the sides of rows. All of them share one engine and one directory on tmpfs.</summary>
internal sealed class Workbench : IDisposable
{
    private readonly TmpfsDirectory _directory = new();
    private readonly NativeLoops? _loops;
    private readonly List<string> _remarks = [];
    private RowPrograms? _programs;
    private TreeSnapshot? _image;
    private string? _archive;

    /// <summary>Prepares the engine, the files, and the loops in C.</summary>
    public Workbench()
    {
        _loops = NativeLoops.Start(_directory.Path, out string? problem);
        _remarks.AddRange(Notes(problem));
    }

    /// <summary>The programs of rows that are such, compiled when one is first wanted.</summary>
    private RowPrograms Programs => _programs ??= new RowPrograms();

    /// <summary>What a reader of the numbers has to know; empty when all is as it should be.</summary>
    public IReadOnlyList<string> Remarks => _remarks;

    /// <summary>Compiles all guests and runs them, the built-in WASI's too.</summary>
    public BoxEngine Engine { get; } = new();

    /// <summary>A box as hosts have it: files, a clock, an environment and WASI.</summary>
    /// <param name="storage">Where its files lie.</param>
    /// <param name="image">How many files the tree has that the boxes share; 0 for an empty tree of each box's own.</param>
    /// <returns>A builder to build from.</returns>
    public BoxBuilder NewBuilder(Storage storage = Storage.Memory, int image = 0)
    {
        BoxBuilder builder = new BoxBuilder().WithEngine(Engine);
        builder.UseVfs(files => _ = storage switch
        {
            Storage.Host => files.MountHostDirectory("/work", _directory.Path, readOnly: false),
            Storage.Overlay => files.MountOverlay("/work", overlay => overlay.Lower(new LayerSource())),
            Storage.Archive => files.MountArchive("/work", Archive()),
            _ when image > 0 => files.MountSnapshot("/work", _image ??= PreparedImage.Make(image)),
            _ => files.MountMemory("/work"),
        });
        builder.UseClock();
        builder.UseEnv();
        builder.UseWasi(wasi => wasi.Preopen("/work"));
        return builder;
    }

    /// <summary>Whether a row can be measured here; a remark tells why not.</summary>
    /// <param name="row">The row.</param>
    /// <returns>True when it can.</returns>
    public bool Has(Row row)
    {
        if (row.IsProgram && Programs.Problem(row) is { } problem)
        {
            _remarks.Add($"No {row.Name}: {problem}.");
            return false;
        }

        return true;
    }

    /// <summary>Marcotte's side of a row.</summary>
    /// <param name="row">The row.</param>
    /// <returns>The side.</returns>
    public Side Marcotte(Row row)
    {
        if (row.IsProgram)
        {
            return Programs.Box(Engine, row);
        }

        BoxBuilder builder = NewBuilder(row.Storage, row.Image);
        row.Configure?.Invoke(builder);
        BoxTemplate template = builder.Build(GuestModule.FromText(row.Name, GuestSource.Of(row)));
        return row.StartsBoxes ? new BoxStartSide(template) : new BoxSide(template, row);
    }

    /// <summary>The floor of a row.</summary>
    /// <param name="row">The row.</param>
    /// <returns>The side; null where no host call is made.</returns>
    public Side? Floor(Row row)
    {
        if (row.StartsBoxes || row.IsProgram)
        {
            return null;
        }

        BoxBuilder builder = new BoxBuilder().WithEngine(Engine);
        ((IBoxBuilder)builder).Options<EmptyImports.Options>();
        return new BoxSide(builder.Build(GuestModule.FromText(row.Name, GuestSource.Of(row))), row with { Storage = Storage.Host });
    }

    /// <summary>The built-in WASI's side of a row.</summary>
    /// <param name="row">The row.</param>
    /// <returns>The side; null where it has nothing of the kind.</returns>
    public Side? Builtin(Row row)
    {
        if (row.IsProgram)
        {
            return null;
        }

        _directory.RequireEntries(row.Entries, _loops);
        return row.StartsBoxes
            ? new BuiltinStartSide(Engine.Wasmtime, row, _directory.Path)
            : new BuiltinSide(Engine.Wasmtime, row, _directory.Path);
    }

    /// <summary>The kernel's side of a row.</summary>
    /// <param name="row">The row.</param>
    /// <returns>The side; null without a C compiler.</returns>
    public Side? Native(Row row)
    {
        if (row.IsProgram)
        {
            return Programs.Native(row);
        }

        _directory.RequireEntries(row.Entries, _loops);
        return _loops is null ? null : new NativeSide(_loops, row);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_loops is not null)
        {
            _directory.RemoveEntries(_loops);
            _loops.Dispose();
        }

        if (_archive is not null)
        {
            File.Delete(_archive);
        }

        _programs?.Dispose();
        _directory.Dispose();
        Engine.Dispose();
    }

    /// <summary>A tar beside the directory, made when a row first wants it.</summary>
    private string Archive()
    {
        if (_archive is null)
        {
            _archive = _directory.Path + ".tar";
            PreparedArchive.Make(_archive, RowList.ImageFiles);
        }

        return _archive;
    }

    private IEnumerable<string> Notes(string? problem)
    {
        if (problem is not null)
        {
            yield return $"No native side: {problem}.";
        }

        if (!_directory.IsTmpfs)
        {
            yield return "No tmpfs was found: the files of the built-in and the native side lie in the temporary directory.";
        }
    }
}
