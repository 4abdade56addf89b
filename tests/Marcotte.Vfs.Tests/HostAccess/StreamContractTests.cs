using System.IO.Abstractions;

namespace Marcotte.Vfs.Tests.HostAccess;

internal sealed class StreamContractTests(Target target) : FileSystemContract(target)
{
    [Test]
    public void WhatIsWrittenIsRead()
    {
        using FileSystemStream stream = File.Create(At("f"));
        stream.Write([1, 2, 3, 4], 1, 2);
        stream.WriteByte(9);
        Assert.That(stream.Position, Is.EqualTo(3));
        stream.Position = 0;
        byte[] buffer = new byte[8];
        Assert.That(stream.Read(buffer, 2, 6), Is.EqualTo(3));
        Assert.That(buffer, Is.EqualTo(new byte[] { 0, 0, 2, 3, 9, 0, 0, 0 }));
        Assert.That(stream.ReadByte(), Is.EqualTo(-1));
    }

    [Test]
    public async Task WhatIsWrittenIsReadByThoseWhoAwait()
    {
        await using FileSystemStream stream = File.Create(At("f"), 4096, FileOptions.Asynchronous);
        await stream.WriteAsync(new byte[] { 1, 2, 3 });
        await stream.WriteAsync(new byte[] { 4, 5 }.AsMemory(1, 1));
        await stream.FlushAsync();
        stream.Seek(1, SeekOrigin.Begin);
        byte[] buffer = new byte[8];
        Assert.That(await stream.ReadAsync(buffer), Is.EqualTo(3));
        Assert.That(buffer[..3], Is.EqualTo(new byte[] { 2, 3, 5 }));
        Assert.That(stream.IsAsync, Is.True);
    }

    [Test]
    public void CancelledReadsAndWritesDoNothing()
    {
        using FileSystemStream stream = File.Create(At("f"));
        CancellationToken cancelled = new(true);
        Assert.That(async () => await stream.WriteAsync(new byte[1], cancelled), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(async () => await stream.ReadAsync(new byte[1], cancelled), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(async () => await stream.FlushAsync(cancelled), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(stream.Length, Is.Zero);
    }

    [TestCase(2, SeekOrigin.Begin, 2)]
    [TestCase(2, SeekOrigin.Current, 5)]
    [TestCase(-1, SeekOrigin.Current, 2)]
    [TestCase(-1, SeekOrigin.End, 6)]
    [TestCase(10, SeekOrigin.End, 17)]
    public void SeekGoesThere(long offset, SeekOrigin origin, long position)
    {
        using FileSystemStream stream = File.OpenRead(Make("f"));
        stream.Position = 3;
        Assert.That(stream.Seek(offset, origin), Is.EqualTo(position));
        Assert.That(stream.Position, Is.EqualTo(position));
    }

    [Test]
    public void SeekBeforeTheStartIsRefusedAndMovesNothing()
    {
        using FileSystemStream stream = File.OpenRead(Make("f"));
        stream.Position = 3;
        Assert.That(
            () => stream.Seek(-4, SeekOrigin.Current),
            Throws.TypeOf<IOException>().With.Message.EqualTo($"Invalid argument : '{At("f")}'").And.Property("HResult").EqualTo(22));
        Assert.That(() => stream.Position = -1, Throws.TypeOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("value"));
        Assert.That(() => stream.Seek(0, (SeekOrigin)7), Throws.ArgumentException);
        Assert.That(stream.Position, Is.EqualTo(3));
    }

    [Test]
    public void WritingBeyondTheEndLeavesZeros()
    {
        using (FileSystemStream stream = File.Create(At("f")))
        {
            stream.Position = 3;
            stream.WriteByte(1);
        }

        Assert.That(File.ReadAllBytes(At("f")), Is.EqualTo(new byte[] { 0, 0, 0, 1 }));
    }

    [Test]
    public void SetLengthCutsAndExtends()
    {
        using FileSystemStream stream = File.Open(Make("f"), FileMode.Open);
        stream.Position = 6;
        stream.SetLength(3);
        Assert.That((stream.Length, stream.Position), Is.EqualTo((3L, 3L)));
        stream.SetLength(5);
        Assert.That((stream.Length, stream.Position), Is.EqualTo((5L, 3L)));
        stream.Dispose();
        Assert.That(File.ReadAllText(At("f")), Is.EqualTo("con\0\0"));
    }

    [Test]
    public void SetLengthWantsAFileThatMayBeWritten()
    {
        using FileSystemStream stream = File.OpenRead(Make("f"));
        Assert.That(() => stream.SetLength(1), Throws.TypeOf<NotSupportedException>());
        Assert.That(() => stream.SetLength(-1), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => stream.WriteByte(1), Throws.TypeOf<NotSupportedException>().With.Message.EqualTo("Stream does not support writing."));
        Assert.That(() => stream.Write([1]), Throws.TypeOf<NotSupportedException>());
    }

    [Test]
    public void WhatIsOpenToWriteIsNotRead()
    {
        using FileSystemStream stream = File.OpenWrite(Make("f"));
        Assert.That(() => stream.ReadByte(), Throws.TypeOf<NotSupportedException>().With.Message.EqualTo("Stream does not support reading."));
        Assert.That((stream.CanRead, stream.CanWrite, stream.CanSeek), Is.EqualTo((false, true, true)));
    }

    [Test]
    public void AppendingDoesNotTouchWhatWasThere()
    {
        using FileSystemStream stream = File.Open(Make("f", "abc"), FileMode.Append);
        Assert.That(stream.Position, Is.EqualTo(3));
        Assert.That(() => stream.Seek(0, SeekOrigin.Begin), Throws.TypeOf<IOException>());
        Assert.That(() => stream.SetLength(1), Throws.TypeOf<IOException>());
        stream.WriteByte((byte)'d');
        stream.Seek(3, SeekOrigin.Begin);
        stream.WriteByte((byte)'e');
        stream.Dispose();
        Assert.That(File.ReadAllText(At("f")), Is.EqualTo("abce"));
    }

    [Test]
    public void AClosedStreamDoesNothing()
    {
        FileSystemStream stream = File.Create(At("f"));
        stream.Dispose();
        stream.Dispose();
        Assert.That((stream.CanRead, stream.CanWrite, stream.CanSeek), Is.EqualTo((false, false, false)));
        Assert.That(() => stream.ReadByte(), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => stream.WriteByte(1), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => stream.Read(new byte[1], 0, 1), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => stream.Write(new byte[1], 0, 1), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => stream.Length, Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => stream.Position, Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => stream.Position = 1, Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => stream.Seek(0, SeekOrigin.Begin), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => stream.SetLength(0), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => stream.Flush(), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => stream.Flush(true), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(async () => await stream.ReadAsync(new byte[1]), Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public void BuffersAreChecked()
    {
        using FileSystemStream stream = File.Create(At("f"));
        Assert.That(() => stream.Read(null!, 0, 1), Throws.ArgumentNullException);
        Assert.That(() => stream.Read(new byte[2], 1, 2), Throws.InstanceOf<ArgumentException>());
        Assert.That(() => stream.Write(new byte[2], -1, 1), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void CopyToGivesTheRest()
    {
        using FileSystemStream stream = File.OpenRead(Make("f"));
        stream.Position = 3;
        using MemoryStream copy = new();
        stream.CopyTo(copy);
        Assert.That(copy.ToArray(), Is.EqualTo("tent"u8.ToArray()));
        Assert.That(stream.Position, Is.EqualTo(7));
    }

    [Test]
    public void TimeoutsAreNotForFiles()
    {
        using FileSystemStream stream = File.Create(At("f"));
        Assert.That(stream.CanTimeout, Is.False);
        Assert.That(() => stream.ReadTimeout, Throws.InvalidOperationException);
        Assert.That(() => stream.WriteTimeout = 1, Throws.InvalidOperationException);
    }

    [Test]
    public void AFileThatIsRemovedWhileOpenGoesOn()
    {
        using FileSystemStream stream = File.Create(At("f"));
        File.Delete(At("f"));
        stream.WriteByte(7);
        stream.Position = 0;
        Assert.That(stream.ReadByte(), Is.EqualTo(7));
        Assert.That(File.Exists(At("f")), Is.False);
    }

    [Test]
    public void DeleteOnCloseRemovesIt()
    {
        using (FileSystemStream stream = Files.FileStream.New(At("f"), FileMode.Create, FileAccess.ReadWrite, FileShare.None, 4096, FileOptions.DeleteOnClose))
        {
            Assert.That(File.Exists(At("f")), Is.True);
        }

        Assert.That(File.Exists(At("f")), Is.False);
    }

    [Test]
    public void AFlushedWriteIsSeenByOthers()
    {
        using FileSystemStream stream = Files.FileStream.New(At("f"), FileMode.Create, FileAccess.Write, FileShare.ReadWrite);
        stream.Write("seen"u8);
        stream.Flush(flushToDisk: true);
        Assert.That(File.ReadAllText(At("f")), Is.EqualTo("seen"));
    }

    [TestCase(FileShare.None, FileShare.None, false)]
    [TestCase(FileShare.None, FileShare.ReadWrite, false)]
    [TestCase(FileShare.Read, FileShare.None, false)]
    [TestCase(FileShare.Read, FileShare.Read, true)]
    [TestCase(FileShare.ReadWrite, FileShare.Read, true)]
    [TestCase(FileShare.Delete, FileShare.ReadWrite, true)]
    public void SharingIsAsOnUnix(FileShare first, FileShare second, bool both)
    {
        string path = Make("f");
        using FileSystemStream one = File.Open(path, FileMode.Open, FileAccess.ReadWrite, first);
        if (both)
        {
            using FileSystemStream other = File.Open(path, FileMode.Open, FileAccess.ReadWrite, second);
            Assert.That(other.ReadByte(), Is.EqualTo('c'));
        }
        else
        {
            Assert.That(
                () => File.Open(path, FileMode.Open, FileAccess.ReadWrite, second),
                Throws.TypeOf<IOException>().With.Message.EqualTo($"The process cannot access the file '{path}' because it is being used by another process."));
        }
    }

    [Test]
    public void WhoIsExcludedDoesNotCutTheFile()
    {
        string path = Make("f");
        using (File.Open(path, FileMode.Open, FileAccess.Read, FileShare.None))
        {
            Assert.That(() => File.WriteAllText(path, "x"), Throws.TypeOf<IOException>());
        }

        Assert.That(File.ReadAllText(path), Is.EqualTo("content"));
    }

    [Test]
    public void AClosedStreamExcludesNobody()
    {
        string path = Make("f");
        File.Open(path, FileMode.Open, FileAccess.Read, FileShare.None).Dispose();
        using FileSystemStream other = File.Open(path, FileMode.Open, FileAccess.Read, FileShare.None);
        Assert.That(other.Length, Is.EqualTo(7));
    }

    [Test]
    public void UnixCreateModeIsWhatANewFileGets()
    {
        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserExecute;
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = Mode };
        Files.FileStream.New(At("f"), options).Dispose();
        Assert.That(File.GetUnixFileMode(At("f")), Is.EqualTo(Mode));
    }

    [Test]
    public void PreallocationLeavesTheLength()
    {
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, PreallocationSize = 10_000 };
        using FileSystemStream stream = Files.FileStream.New(At("f"), options);
        Assert.That(stream.Length, Is.Zero);
    }

    [Test]
    public void ALargeFileComesBackWhole()
    {
        byte[] content = new byte[1_000_003];
        for (int i = 0; i < content.Length; i++)
        {
            content[i] = (byte)(i * 31);
        }

        File.WriteAllBytes(At("f"), content);
        Assert.That(File.ReadAllBytes(At("f")), Is.EqualTo(content));
        File.Copy(At("f"), At("g"));
        Assert.That(File.ReadAllBytes(At("g")), Is.EqualTo(content));
    }
}
