using System.IO.Abstractions;
using System.IO.Abstractions.TestingHelpers;
using System.Text;
using Marcotte.Core;
using Marcotte.Vfs.Abstractions;
using Marcotte.Vfs.Tests.Host;

namespace Marcotte.Vfs.Tests.Abstractions;

internal sealed class MockMountTests
{
    [Test]
    public void AMissingRootIsNamedAtBuildWithTheRemedy()
    {
        VfsOptions options = new VfsOptions().MountFileSystem("/data", new MockFileSystem(), "/missing");
        DirectoryNotFoundException thrown = Assert.Throws<DirectoryNotFoundException>(() => options.Build(Limits.Default));
        Assert.That(thrown.Message, Does.Contain("/data").And.Contain("missing").And.Contain("create it"));
    }

    [Test]
    public void AFileIsNoRoot()
    {
        MockFileSystem mock = new(new Dictionary<string, MockFileData> { ["/f"] = new("x") });
        VfsOptions options = new VfsOptions().MountFileSystem("/data", mock, "/f");
        Assert.That(() => options.Build(Limits.Default), Throws.TypeOf<DirectoryNotFoundException>().With.Message.Contains("is a file"));
    }

    [Test]
    public void WhatTheMockHoldsIsWhatTheGuestSees()
    {
        MockFileSystem mock = new(new Dictionary<string, MockFileData>
        {
            ["/app/config.json"] = new("{}"),
            ["/app/data/list.txt"] = new("1\n2\n"),
        });
        using MountedBox box = new(new AbstractedFileSystemSource("/", mock, "/app", false));
        Assert.That(box.List("/"), Is.EqualTo(new[] { "config.json", "data" }));
        Assert.That(box.Read("/data/list.txt"), Is.EqualTo("1\n2\n"));
        box.Write("/data/made.txt", "made");
        Assert.That(mock.File.ReadAllText("/app/data/made.txt"), Is.EqualTo("made"));
    }

    [Test]
    public void SyncedWritesAreSeenWhileTheFileIsOpen()
    {
        MockFileSystem mock = new();
        using MountedBox box = new(new AbstractedFileSystemSource("/", mock, "/", false));
        OpenFile file = box.Open("/log", OpenFlags.Create, AccessModes.Write);
        Assert.That(file.Write("line\n"u8, out _), Is.EqualTo(Errno.Success));
        Assert.That(file.Operations.Sync(file, dataOnly: false), Is.EqualTo(Errno.Success));
        Assert.That(mock.File.ReadAllText("/log"), Is.EqualTo("line\n"));
        file.Release();
    }

    [Test]
    public void OpenFilesBeneathARenamedDirectoryGoOn()
    {
        MockFileSystem mock = new();
        mock.AddDirectory("/d");
        using MountedBox box = new(new AbstractedFileSystemSource("/", mock, "/", false));
        OpenFile file = box.Open("/d/f", OpenFlags.Create, AccessModes.ReadWrite);
        file.Write("one"u8, out _);
        Assert.That(box.Rename("/d", "/e"), Is.EqualTo(Errno.Success));
        Assert.That(file.Write("two"u8, out _), Is.EqualTo(Errno.Success));
        file.Release();
        Assert.That(mock.File.ReadAllText("/e/f"), Is.EqualTo("onetwo"));
        Assert.That(mock.Directory.Exists("/d"), Is.False);
    }

    [Test]
    public void NumbersStayWithTheirNames()
    {
        MockFileSystem mock = new(new Dictionary<string, MockFileData> { ["/a/f"] = new("x"), ["/b"] = new("y") });
        using MountedBox box = new(new AbstractedFileSystemSource("/", mock, "/", false));
        ulong number = box.Stat("/a/f").Inode;
        ulong other = box.Stat("/b").Inode;
        Assert.That(number, Is.Not.EqualTo(other));
        Assert.That(box.Stat("/a/f").Inode, Is.EqualTo(number));
        Assert.That(box.Rename("/a", "/c"), Is.EqualTo(Errno.Success));
        Assert.That(box.Stat("/c/f").Inode, Is.EqualTo(number));
        Assert.That(box.Unlink("/b"), Is.EqualTo(Errno.Success));
        box.Write("/b", "new");
        Assert.That(box.Stat("/b").Inode, Is.Not.EqualTo(other).And.Not.EqualTo(number));
    }

    /// <summary>What a guest can make an IFileSystem in memory hold is bounded, sparse files too.</summary>
    [Test]
    public void GuestSizedAllocationIsFBig()
    {
        MockFileSystem mock = new();
        using MountedBox box = new(new AbstractedFileSystemSource("/", mock, "/", false), limits: new Limits { FileBytes = 1 << 20 });
        OpenFile file = box.Open("/f", OpenFlags.Create, AccessModes.ReadWrite);
        Assert.That(file.WriteAt("x"u8, 1L << 40, out _), Is.EqualTo(Errno.FBig));
        Assert.That(file.SetSize(1L << 40), Is.EqualTo(Errno.FBig));
        Assert.That(file.Allocate(0, 1L << 40), Is.EqualTo(Errno.FBig));
        Assert.That(file.WriteAt(new byte[2], (1 << 20) - 1, out _), Is.EqualTo(Errno.FBig));
        Assert.That(file.WriteAt(new byte[1], (1 << 20) - 1, out _), Is.EqualTo(Errno.Success));
        file.Release();
    }

    [TestCase("a:b")]
    [TestCase("C:")]
    [TestCase("..\\outside")]
    [TestCase("a\\b")]
    [TestCase("NUL")]
    [TestCase("COM¹")]
    [TestCase("AUX.txt")]
    [TestCase("trailing.")]
    [TestCase("trailing ")]
    public void DeviceNamesAndSeparatorsOfWindowsAreNoNames(string name)
    {
        WindowsLikeMock mock = new();
        using FileSystem files = new AbstractedFileSystemSource("/", mock, "/", false).Open(new Kernel(Limits.Default));
        byte[] bytes = Encoding.UTF8.GetBytes(name);
        Creation creation = new(0x1B6, 0, 0);
        InodeOpen request = new(AccessModes.Write, StatusFlags.None);
        Assert.That(files.Root.Create(bytes, creation, request, out _), Is.EqualTo(Errno.Inval));
        Assert.That(files.Root.MakeDirectory(bytes, creation), Is.EqualTo(Errno.Inval));
        Assert.That(files.Root.Lookup(bytes, out _), Is.EqualTo(Errno.NoEnt));
        Assert.That(files.Root.Unlink(bytes), Is.EqualTo(Errno.NoEnt));
    }

    /// <summary>The real file system, wrapped: links that lead outside are walked in the box like any other.</summary>
    [Test]
    public void LinksOfAWrappedRealFileSystemAreNoWayOut()
    {
        using TestTree tree = new(Driver.Portable);
        tree.HostLink(tree.Inside + "/dir", tree.Outside);
        using MountedBox box = new(new AbstractedFileSystemSource("/", new System.IO.Abstractions.FileSystem(), tree.Inside, false));
        Assert.That(box.TryOpen("/dir/secret"), Is.EqualTo(Errno.NoEnt));
        Assert.That(box.TryOpen("/dir/made", OpenFlags.Create, AccessModes.Write), Is.EqualTo(Errno.NoEnt));
        Assert.That(box.Unlink("/dir"), Is.EqualTo(Errno.Success));
        tree.AssertOutsideUntouched();
    }

    /// <summary>A mock whose paths look like those of Windows, as far as names are asked for.</summary>
    private sealed class WindowsLikeMock : MockFileSystem
    {
        public override IPath Path { get; } = new BackslashPath(new MockFileSystem());

        private sealed class BackslashPath(IMockFileDataAccessor files) : MockPath(files)
        {
            public override char DirectorySeparatorChar => '\\';
        }
    }
}
