using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Marcotte.Core;

namespace Marcotte.Wasi.Tests;

/// <summary>A box whose layers are fakes, and one guest thread in it whose memory the tests read and write.</summary>
internal sealed class Guest
{
    internal const uint Size = 0x40000;

    /// <summary>Where results are wanted: 0x100 bytes each.</summary>
    internal const uint First = 0x100;

    internal const uint Second = 0x200;

    /// <summary>Where strings lie.</summary>
    internal const uint Texts = 0x1000;

    internal const uint MoreTexts = 0x4000;

    /// <summary>Where rows of buffers, or of subscriptions, lie.</summary>
    internal const uint Rows = 0x8000;

    /// <summary>Where bytes are moved to and from: all that is behind.</summary>
    internal const uint Buffer = 0x10000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly PinnedMemory _memory = new((int)Size);

    internal Guest(Limits? limits = null)
    {
        Kernel = new Kernel(limits ?? Limits.Default) { Files = Files, Clock = Clock, Entropy = Entropy };
        Process = new Process(Kernel, 1);
        Thread = new GuestThread(Process, 1, _memory);
    }

    internal Kernel Kernel { get; }

    internal Process Process { get; }

    internal GuestThread Thread { get; }

    internal FakeFiles Files { get; } = new();

    internal FakeClock Clock { get; } = new();

    internal FakeEntropy Entropy { get; } = new();

    internal GuestMemory Memory => new(_memory);

    internal Span<byte> Bytes => _memory.Bytes;

    internal static void Until(Func<bool> condition, string what) =>
        Assert.That(SpinWait.SpinUntil(condition, Patience), Is.True, what);

    /// <summary>Calls from a thread of its own.</summary>
    internal static Task<T> Start<T>(Func<T> call) =>
        Task.Factory.StartNew(call, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    internal static T Outcome<T>(Task<T> task)
    {
        Assert.That(((IAsyncResult)task).AsyncWaitHandle.WaitOne(Patience), Is.True, "The call did not return.");
        return task.GetAwaiter().GetResult();
    }

    /// <summary>Bytes allocated by a thousand calls of something that ran before.</summary>
    internal static long Allocated(Action call)
    {
        for (int i = 0; i < 100; i++)
        {
            call();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            call();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <summary>Opens a file, the first as descriptor 3.</summary>
    internal int Open(
        FileOperations operations,
        AccessModes access = AccessModes.ReadWrite,
        Rights rights = Rights.All,
        Rights inheriting = Rights.All,
        StatusFlags status = StatusFlags.None)
    {
        Descriptor descriptor = new(new OpenFile(operations, access, status), rights, inheriting);
        Assert.That(Process.Descriptors.Add(descriptor, out int fd, 3), Is.EqualTo(Errno.Success));
        return fd;
    }

    internal Descriptor Descriptor(int fd)
    {
        Assert.That(Process.Descriptors.TryGet(fd, out Descriptor? descriptor), Is.True, $"{fd} is not open.");
        return descriptor!;
    }

    internal OpenFile File(int fd) => Descriptor(fd).File;

    internal long Offset(int fd)
    {
        Assert.That(File(fd).Seek(0, Whence.Current, out long offset), Is.EqualTo(Errno.Success));
        return offset;
    }

    internal GuestText Text(string text, uint address = Texts) => Text(Encoding.UTF8.GetBytes(text), address);

    internal GuestText Text(byte[] text, uint address = Texts)
    {
        text.CopyTo(Bytes[(int)address..]);
        return new GuestText(address, (uint)text.Length);
    }

    /// <summary>Puts bytes into the buffer.</summary>
    internal void Fill(ReadOnlySpan<byte> bytes, uint address = Buffer) => bytes.CopyTo(Bytes[(int)address..]);

    internal byte[] Read(uint address, int length) => Bytes.Slice((int)address, length).ToArray();

    internal string ReadText(uint address, int length) => Encoding.UTF8.GetString(Bytes.Slice((int)address, length));

    internal T Read<T>(uint address)
        where T : unmanaged => MemoryMarshal.Read<T>(Bytes[(int)address..]);

    internal void Write<T>(uint address, T value)
        where T : unmanaged => MemoryMarshal.Write(Bytes[(int)address..], in value);

    /// <summary>Writes down a row of elements.</summary>
    internal GuestSpan<T> Row<T>(params ReadOnlySpan<T> elements)
        where T : unmanaged
    {
        for (int i = 0; i < elements.Length; i++)
        {
            Write(Rows + (uint)(i * Unsafe.SizeOf<T>()), elements[i]);
        }

        return new GuestSpan<T>(Rows, (uint)elements.Length);
    }

    /// <summary>Writes down buffers.</summary>
    internal GuestSpan<Iovec> Vectors(params (uint Address, uint Length)[] vectors)
    {
        Iovec[] row = new Iovec[vectors.Length];
        for (int i = 0; i < row.Length; i++)
        {
            row[i] = new Iovec { Address = vectors[i].Address, Length = vectors[i].Length };
        }

        return Row<Iovec>(row);
    }
}
