using Marcotte.Core;

namespace Marcotte.Wasi.Tests;

[TestFixture]
public sealed class PreopensTests
{
    [Test]
    public void A_libc_finds_all_names_from_3_on()
    {
        Guest guest = Start(new WasiOptions().Preopen("/data").Preopen("/home", "~").Preopen("/other", "zwölf"));
        List<string> names = [];
        int fd = 3;
        while (Preopens.FdPrestatGet(guest.Thread, guest.Memory, fd, new(Guest.First)) == Errno.Success)
        {
            Assert.That(guest.Read<uint>(Guest.First), Is.Zero, "A directory.");
            uint length = guest.Read<uint>(Guest.First + 4);
            Assert.That(Preopens.FdPrestatDirName(guest.Thread, guest.Memory, fd, new(Guest.Buffer, length)), Is.EqualTo(Errno.Success));
            names.Add(guest.ReadText(Guest.Buffer, (int)length));
            fd++;
        }

        Assert.That(names, Is.EqualTo(new[] { "/data", "~", "zwölf" }));
        Assert.That(Preopens.FdPrestatGet(guest.Thread, guest.Memory, fd, new(Guest.First)), Is.EqualTo(Errno.BadF));
        Assert.That(guest.Files.Calls, Is.EqualTo(new[] { "Open /data Follow", "Open /home Follow", "Open /other Follow" }));
    }

    [Test]
    public void A_box_with_files_may_have_nothing_preopened()
    {
        Guest guest = Start(new WasiOptions().WithoutPreopens());
        Assert.That(Preopens.FdPrestatGet(guest.Thread, guest.Memory, 3, new(Guest.First)), Is.EqualTo(Errno.BadF));
        Assert.That(guest.Files.Calls, Is.Empty);
        Assert.That(
            () => new WasiOptions().Preopen("/data").WithoutPreopens().Build(Limits.Default),
            Throws.InvalidOperationException.With.Message.Contains("\"/data\" is to be preopened"));
    }

    [TestCase(0u, Errno.NameTooLong)]
    [TestCase(4u, Errno.NameTooLong)]
    [TestCase(5u, Errno.Success)]
    [TestCase(6u, Errno.Success)]
    [TestCase(99u, Errno.Success)]
    public void A_name_needs_its_room_and_no_NUL(uint length, Errno expected)
    {
        Guest guest = Start(new WasiOptions().Preopen("/data"));
        guest.Bytes.Slice((int)Guest.Buffer, 99).Fill(0xEE);
        Assert.That(Preopens.FdPrestatDirName(guest.Thread, guest.Memory, 3, new(Guest.Buffer, length)), Is.EqualTo(expected));
        byte[] name = expected == Errno.Success ? [.. "/data"u8] : [];
        Assert.That(guest.Read(Guest.Buffer, 99), Is.EqualTo((byte[])[.. name, .. Enumerable.Repeat((byte)0xEE, 99 - name.Length)]));
    }

    [Test]
    public void What_is_not_preopened_is_EBADF()
    {
        Guest guest = Start(new WasiOptions().Preopen("/data"));
        int directory = guest.Open(new FakeDirectory());
        foreach (int fd in new[] { 0, 1, 2, directory, 99, -1 })
        {
            Assert.That(Preopens.FdPrestatGet(guest.Thread, guest.Memory, fd, new(Guest.First)), Is.EqualTo(Errno.BadF), $"{fd}");
            Assert.That(Preopens.FdPrestatDirName(guest.Thread, guest.Memory, fd, new(Guest.Buffer, 99)), Is.EqualTo(Errno.BadF), $"{fd}");
        }
    }

    [Test]
    public void A_name_goes_with_its_directory_and_not_with_the_number()
    {
        Guest guest = Start(new WasiOptions().Preopen("/data"));
        int other = guest.Open(new FakeDirectory());
        Assert.That(Descriptors.FdRenumber(guest.Thread, 3, other), Is.EqualTo(Errno.Success));
        Assert.That(Preopens.FdPrestatGet(guest.Thread, guest.Memory, other, new(Guest.First)), Is.EqualTo(Errno.Success));
        Assert.That(guest.Open(new FakeDirectory()), Is.EqualTo(3));
        Assert.That(Preopens.FdPrestatGet(guest.Thread, guest.Memory, 3, new(Guest.First)), Is.EqualTo(Errno.BadF));
        Assert.That(Descriptors.FdClose(guest.Thread, other), Is.EqualTo(Errno.Success));
        Assert.That(Preopens.FdPrestatGet(guest.Thread, guest.Memory, other, new(Guest.First)), Is.EqualTo(Errno.BadF));
    }

    [Test]
    public void A_child_finds_its_parent_s_preopens()
    {
        Guest guest = Start(new WasiOptions().Preopen("/data"));
        Process child = guest.Process.Fork(2);
        Assert.That(PreopenNames.Find(child, 3), Is.EqualTo("/data"u8.ToArray()));
    }

    [Test]
    public void Without_a_word_the_root_is_preopened_if_there_are_files()
    {
        Guest guest = Start(new WasiOptions());
        Assert.That(PreopenNames.Find(guest.Process, 3), Is.EqualTo("/"u8.ToArray()));
        Assert.That(PreopenNames.Find(guest.Process, 4), Is.Null);
        Assert.That(guest.Descriptor(3).Base, Is.EqualTo(WasiRights.Directory));
        Assert.That(guest.Descriptor(3).Inheriting, Is.EqualTo(WasiRights.Inheriting));

        Guest bare = Prepare();
        bare.Kernel.Files = FileNamespace.None;
        using Layer layer = new WasiOptions().Build(Limits.Default);
        layer.Start(bare.Process);
        Assert.That(bare.Process.Descriptors.Count, Is.EqualTo(3));
        Assert.That(Preopens.FdPrestatGet(bare.Thread, bare.Memory, 3, new(Guest.First)), Is.EqualTo(Errno.BadF));
    }

    [Test]
    public void Rights_narrow_the_directory_and_all_beneath_it()
    {
        Guest guest = Start(new WasiOptions().Preopen("/data", "/data", Rights.FdRead | Rights.PathOpen | Rights.FdReadDir));
        Assert.That(guest.Descriptor(3).Base, Is.EqualTo(Rights.PathOpen | Rights.FdReadDir));
        Assert.That(guest.Descriptor(3).Inheriting, Is.EqualTo(Rights.FdRead | Rights.PathOpen | Rights.FdReadDir));
        Assert.That(
            PathOpening.PathOpen(guest.Thread, guest.Memory, 3, 0, guest.Text("a"), 0, Rights.FdWrite, Rights.None, 0, new(Guest.First)),
            Is.EqualTo(Errno.NotCapable));
    }

    [TestCase(Errno.NoEnt, "Mount something at \"/data\"")]
    [TestCase(Errno.NotDir, "Only a directory")]
    [TestCase(Errno.Access, "permission")]
    [TestCase(Errno.NoSys, "UseVfs")]
    [TestCase(Errno.Loop, "UseWasi")]
    public void What_cannot_be_preopened_is_named_with_the_remedy(Errno answer, string remedy)
    {
        Guest guest = Prepare();
        guest.Files.Answer = answer;
        using Layer layer = new WasiOptions().Preopen("/data").Build(Limits.Default);
        InvalidOperationException? exception = Assert.Throws<InvalidOperationException>(() => layer.Start(guest.Process));
        Assert.That(exception!.Message, Does.Contain("\"/data\"").And.Contain(answer.ToName()).And.Contain(remedy));
    }

    [Test]
    public void More_than_there_are_descriptors_is_named_with_the_remedy()
    {
        Guest guest = Prepare(Limits.Default with { Descriptors = 4 });
        List<FakeDirectory> opened = [];
        guest.Files.Opened = request =>
        {
            opened.Add(new FakeDirectory());
            return new OpenFile(opened[^1], request.Access);
        };
        using Layer layer = new WasiOptions().Preopen("/a").Preopen("/b").Build(Limits.Default);
        InvalidOperationException? exception = Assert.Throws<InvalidOperationException>(() => layer.Start(guest.Process));
        Assert.That(exception!.Message, Does.Contain("\"/b\"").And.Contain("Limits.Descriptors"));
        Assert.That(opened[1].Releases, Is.EqualTo(1));
    }

    [Test]
    public void A_descriptor_in_the_way_is_named()
    {
        Guest guest = Prepare();
        guest.Open(new FakeFile());
        using Layer layer = new WasiOptions().Preopen("/a").Build(Limits.Default);
        Assert.That(() => layer.Start(guest.Process), Throws.InvalidOperationException.With.Message.Contains("\"/a\" got descriptor 4"));
    }

    [Test]
    public void A_path_or_name_that_makes_no_sense_is_refused_at_once()
    {
        WasiOptions options = new();
        Assert.That(() => options.Preopen("data"), Throws.ArgumentException.With.Message.Contains("\"data\" is not absolute"));
        Assert.That(() => options.Preopen(""), Throws.ArgumentException.With.Message.Contains("not absolute"));
        Assert.That(() => options.Preopen("/a\0b"), Throws.ArgumentException.With.Message.Contains("\"/a\\0b\" holds a NUL"));
        Assert.That(() => options.Preopen("/a", "b\0"), Throws.ArgumentException.With.Property("ParamName").EqualTo("name"));
        Assert.That(() => options.Preopen("/a", ""), Throws.ArgumentException);
        Assert.That(() => options.Preopen(null!), Throws.ArgumentNullException);
        Assert.That(() => options.Preopen("/a").Preopen("/b", "/a").Build(Limits.Default), Throws.ArgumentException.With.Message.Contains("\"/a\""));
    }

    [Test]
    public void Options_may_change_after_the_layer_was_made()
    {
        WasiOptions options = new WasiOptions().Preopen("/a");
        using Layer layer = options.Build(Limits.Default);
        options.Preopen("/b");
        Guest guest = Prepare();
        layer.Start(guest.Process);
        Assert.That(PreopenNames.Find(guest.Process, 4), Is.Null);
        Assert.That((layer.Name, layer.ContractVersion), Is.EqualTo(("WASI preview 1", CoreContract.Version)));
    }

    private static Guest Start(WasiOptions options)
    {
        Guest guest = Prepare();
        using Layer layer = options.Build(Limits.Default);
        layer.Start(guest.Process);
        return guest;
    }

    /// <summary>With stdin, stdout and stderr, as every box has them.</summary>
    private static Guest Prepare(Limits? limits = null)
    {
        Guest guest = new(limits);
        guest.Files.Opened = request => new OpenFile(new FakeDirectory(), request.Access);
        for (int i = 0; i < 3; i++)
        {
            Assert.That(guest.Process.Descriptors.Add(new Descriptor(new OpenFile(new FakeStream(), AccessModes.ReadWrite)), out _), Is.EqualTo(Errno.Success));
        }

        return guest;
    }
}
