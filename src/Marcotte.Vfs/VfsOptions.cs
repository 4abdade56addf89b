using System.Text;
using Marcotte.Core;
using Marcotte.Vfs.Memory;

namespace Marcotte.Vfs;

/// <summary>What a host says about a box's tree of files. The order of calls does not matter.</summary>
/// <remarks>
/// Without a mount at <c>/</c> the top is an empty memory tree that holds the mount points and what
/// <see cref="WriteFile(string, ReadOnlySpan{byte})"/> and <see cref="MakeDirectory"/> put there, and that a guest cannot write to:
/// what was not granted is not there. Name <c>/</c> in <see cref="MountMemory(string, MountOptions)"/> to let it.
/// </remarks>
public sealed class VfsOptions : LayerOptions
{
    private readonly Dictionary<string, MountPlan> _mounts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SeedPlan> _seeds = new(StringComparer.Ordinal);

    /// <summary>Mounts a file system, to read and to write.</summary>
    /// <param name="path">Where: an absolute path of the box. Directories on the way need not be there.</param>
    /// <param name="source">Makes the file system for each box; disposed with the layer, or when Build fails.</param>
    /// <returns>These options.</returns>
    /// <exception cref="ArgumentException">The path makes no sense, or something is mounted there already.</exception>
    public VfsOptions Mount(string path, FileSystemSource source) => Mount(path, source, MountOptions.Default);

    /// <summary>Mounts a file system.</summary>
    /// <param name="path">Where: an absolute path of the box. Directories on the way need not be there.</param>
    /// <param name="source">Makes the file system for each box; disposed with the layer, or when Build fails.</param>
    /// <param name="readOnly">Whether nothing can be changed through this mount (EROFS).</param>
    /// <returns>These options.</returns>
    /// <exception cref="ArgumentException">The path makes no sense, or something is mounted there already.</exception>
    public VfsOptions Mount(string path, FileSystemSource source, bool readOnly) =>
        Mount(path, source, new MountOptions { ReadOnly = readOnly });

    /// <summary>Mounts a file system.</summary>
    /// <param name="path">Where: an absolute path of the box. Directories on the way need not be there.</param>
    /// <param name="source">Makes the file system for each box; disposed with the layer, or when Build fails.</param>
    /// <param name="options">What the mount allows less of; Build refuses what the source cannot do.</param>
    /// <returns>These options.</returns>
    /// <exception cref="ArgumentException">The path makes no sense, or something is mounted there already.</exception>
    public VfsOptions Mount(string path, FileSystemSource source, MountOptions options)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        if (options.MaxBytes is <= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.MaxBytes, "MountOptions.MaxBytes must be above zero; omit it for no bound of its own.");
        }

        string normal = GuestPath.Normalize(path, nameof(path));
        if (!_mounts.TryAdd(normal, new MountPlan(normal, source, options)))
        {
            throw new ArgumentException($"Two mounts at \"{normal}\"; remove one, or choose another path.", nameof(path));
        }

        return this;
    }

    /// <summary>Mounts an empty tree in memory.</summary>
    /// <param name="path">Where: an absolute path of the box.</param>
    /// <param name="maxBytes">Bytes that its files may hold (ENOSPC), besides what <see cref="Limits.FileBytes"/> says of the box.</param>
    /// <param name="readOnly">Whether a guest cannot change it; the host still fills it.</param>
    /// <returns>These options.</returns>
    /// <exception cref="ArgumentException">The path makes no sense, or something is mounted there already.</exception>
    public VfsOptions MountMemory(string path, long? maxBytes = null, bool readOnly = false) =>
        MountMemory(path, new MountOptions { MaxBytes = CheckBytes(maxBytes), ReadOnly = readOnly });

    /// <summary>Mounts a tree in memory that was prepared before: each box has its own, and shares what it does not change.</summary>
    /// <param name="path">Where: an absolute path of the box.</param>
    /// <param name="snapshot">What is in it, of whatever size: a box starts as fast as with an empty tree.</param>
    /// <param name="maxBytes">Bytes that a box's files may hold beyond the snapshot's (ENOSPC), besides what <see cref="Limits.FileBytes"/> says of the box.</param>
    /// <param name="readOnly">Whether a guest cannot change it.</param>
    /// <returns>These options.</returns>
    /// <exception cref="ArgumentException">The path makes no sense, or something is mounted there already.</exception>
    public VfsOptions MountSnapshot(string path, TreeSnapshot snapshot, long? maxBytes = null, bool readOnly = false)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return Mount(path, new MemorySource(snapshot), new MountOptions { MaxBytes = CheckBytes(maxBytes), ReadOnly = readOnly });
    }

    /// <summary>Mounts an empty tree in memory.</summary>
    /// <param name="path">Where: an absolute path of the box.</param>
    /// <param name="options">What the mount allows less of.</param>
    /// <returns>These options.</returns>
    /// <exception cref="ArgumentException">The path makes no sense, or something is mounted there already.</exception>
    public VfsOptions MountMemory(string path, MountOptions options) => Mount(path, new MemorySource(), options);

    /// <summary>Mounts devices: null, zero, full, random, urandom, tty, stdin, stdout, stderr, fd; with a process layer ptmx and pts.</summary>
    /// <param name="path">Where: an absolute path of the box.</param>
    /// <returns>These options.</returns>
    /// <exception cref="ArgumentException">The path makes no sense, or something is mounted there already.</exception>
    public VfsOptions MountDevices(string path = "/dev") => Mount(path, new DeviceSource());

    /// <summary>Mounts the processes of the box as files (proc(5)): self, a directory for each process, mounts, meminfo, uptime and the like.</summary>
    /// <param name="path">Where: an absolute path of the box.</param>
    /// <returns>These options.</returns>
    /// <exception cref="ArgumentException">The path makes no sense, or something is mounted there already.</exception>
    public VfsOptions MountProc(string path = "/proc") => Mount(path, new ProcSource());

    /// <summary>Puts a file into a memory mount, for all boxes to share until they write to it; directories on the way are made. It belongs to user 0, mode 0644; one that a snapshot has keeps what it has but the bytes.</summary>
    /// <param name="path">An absolute path of the box.</param>
    /// <param name="content">Its bytes, which are copied.</param>
    /// <returns>These options.</returns>
    /// <exception cref="ArgumentException">The path makes no sense, or was given already.</exception>
    public VfsOptions WriteFile(string path, ReadOnlySpan<byte> content) => Seed(path, content.ToArray());

    /// <summary>Puts a text file into a memory mount, as UTF-8; directories on the way are made.</summary>
    /// <param name="path">An absolute path of the box.</param>
    /// <param name="content">Its text.</param>
    /// <returns>These options.</returns>
    /// <exception cref="ArgumentException">The path makes no sense, or was given already.</exception>
    public VfsOptions WriteFile(string path, string content) => Seed(path, Encoding.UTF8.GetBytes(content));

    /// <summary>Makes a directory in a memory mount, and those on the way. It belongs to user 0, mode 0755.</summary>
    /// <param name="path">An absolute path of the box.</param>
    /// <returns>These options.</returns>
    /// <exception cref="ArgumentException">The path makes no sense, or was given already.</exception>
    public VfsOptions MakeDirectory(string path) => Seed(path, null);

    /// <inheritdoc/>
    public override Layer Build(Limits limits)
    {
        Dictionary<string, MountPlan> mounts = new(_mounts, StringComparer.Ordinal);
        mounts.TryAdd("/", new MountPlan("/", new MemorySource(), new MountOptions { ReadOnly = true }));
        VfsPlan plan = new([.. mounts.Values], [.. _seeds.Values]);
        try
        {
            plan.Validate();
            plan.Prepare(limits);
        }
        catch
        {
            // What was opened for the mounts before must not outlive a layer that never came to be.
            plan.Dispose();
            throw;
        }

        return new VfsLayer(plan);
    }

    private static long? CheckBytes(long? maxBytes) => maxBytes is <= 0
        ? throw new ArgumentOutOfRangeException(nameof(maxBytes), maxBytes, "The bytes of a memory mount must be above zero; omit them for no bound of its own.")
        : maxBytes;

    private VfsOptions Seed(string path, byte[]? content)
    {
        string normal = GuestPath.Normalize(path, nameof(path));
        if (normal == "/" || !_seeds.TryAdd(normal, new SeedPlan(normal, content)))
        {
            throw new ArgumentException($"\"{normal}\" is there already; write or make each path once.", nameof(path));
        }

        return this;
    }
}
