using Marcotte.Core;
using Marcotte.Vfs;
using Marcotte.Vfs.Memory;

namespace Marcotte.Model.Tests;

/// <summary>All sides, for one thread: each program starts on each of them with the prepared tree, and none other sees it.</summary>
internal sealed class Contenders : IDisposable
{
    private readonly List<(string Name, Layer Layer, Action<Side>? Prepare)> _boxes = [];
    private readonly string? _top;
    private readonly bool _hasZeroRange;
    private readonly List<(TreeSnapshot Snapshot, string Text)> _shared = [];

    internal Contenders(bool withHost, string scratch)
    {
        TreeSnapshot all = Make(Prepared.All);
        TreeSnapshot half = Make(Prepared.Half);
        AddBox("memory", static options => options.MountMemory("/"), Prepared.All);
        AddBox("snapshot", options => options.MountSnapshot("/", all), null);
        AddBox("overlay", options => options.MountOverlay("/", overlay => overlay.Lower(new Below(half)).Lower(new Below(all))), Prepared.OfRoot);
        if (!withHost)
        {
            return;
        }

        _top = Path.Combine(scratch, "marcotte-model-" + Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(KernelDirectory);
        Directory.CreateDirectory(HostDirectory);
        using (KernelSide kernel = new(KernelDirectory))
        {
            kernel.Enter();
            _hasZeroRange = kernel.HasZeroRange();
        }

        IdentityRange[] everyone = [new IdentityRange(0, 0, 65_000)];
        MountOptions options = new() { Identities = new IdentityMap(everyone, everyone) };
        AddBox("host", vfs => vfs.MountHostDirectory("/", HostDirectory, options), PrepareHost);
    }

    private string KernelDirectory => _top + "/kernel";

    private string HostDirectory => _top + "/host";

    public void Dispose()
    {
        _boxes.ForEach(static box => box.Layer.Dispose());
        if (_top is not null)
        {
            Directory.Delete(_top, recursive: true);
        }
    }

    /// <summary>What each side says to a program.</summary>
    internal List<Transcript> Run(Call[] program)
    {
        List<Transcript> transcripts = [];
        if (_top is not null)
        {
            program = _hasZeroRange ? program : [.. program.Select(Exclusions.WithoutZeroRange)];
            using KernelSide kernel = new(KernelDirectory);
            kernel.Enter();
            TreeText.Clear(kernel);
            Prepared.All(kernel);
            transcripts.Add(Transcript.Of(kernel, program));
        }

        foreach ((string name, Layer layer, Action<Side>? prepare) in _boxes)
        {
            using BoxSide box = new(name, layer);
            prepare?.Invoke(box);
            transcripts.Add(Transcript.Of(box, program));
        }

        return transcripts;
    }

    /// <summary>Asserts that what the boxes share is as it was.</summary>
    internal void AssertSharedUntouched()
    {
        foreach ((TreeSnapshot snapshot, string text) in _shared)
        {
            Assert.That(Describe(snapshot), Is.EqualTo(text));
        }
    }

    private static string Describe(TreeSnapshot snapshot)
    {
        using Layer layer = new VfsOptions().MountSnapshot("/", snapshot).Build(Limits.Default);
        using BoxSide box = new("shared", layer);
        return TreeText.Of(box);
    }

    private TreeSnapshot Make(Action<Side> prepare)
    {
        Below below = new(null);
        using Layer layer = new VfsOptions().Mount("/", below).Build(Limits.Default);
        using BoxSide box = new("prepared", layer);
        prepare(box);
        TreeSnapshot snapshot = below.Last!.Snapshot();
        _shared.Add((snapshot, Describe(snapshot)));
        return snapshot;
    }

    private void AddBox(string name, Action<VfsOptions> configure, Action<Side>? prepare)
    {
        VfsOptions options = new();
        configure(options);
        _boxes.Add((name, options.Build(Limits.Default), prepare));
    }

    private void PrepareHost(Side box)
    {
        using KernelSide kernel = new(HostDirectory);
        kernel.Enter();
        TreeText.Clear(kernel);
        Prepared.All(kernel);
    }

    /// <summary>A memory tree from a snapshot, or an empty one.</summary>
    private sealed class Below(TreeSnapshot? snapshot) : FileSystemSource
    {
        internal MemoryFileSystem? Last { get; private set; }

        public override FileSystem Open(Kernel kernel) =>
            Last = snapshot is null ? new MemoryFileSystem(kernel) : new MemoryFileSystem(kernel, snapshot);
    }
}
