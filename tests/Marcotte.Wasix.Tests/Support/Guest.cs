using System.Runtime.InteropServices;
using System.Text;
using Marcotte.Core;
using Marcotte.Vfs;

namespace Marcotte.Wasix.Tests;

/// <summary>A box with files in memory whose other layers are fakes, and one guest thread in it whose memory the tests read and write.</summary>
internal sealed class Guest : IDisposable
{
    internal const uint Size = 0x40000;

    /// <summary>Where results are wanted: 0x100 bytes each.</summary>
    internal const uint First = 0x100;

    internal const uint Second = 0x200;

    /// <summary>Where texts lie.</summary>
    internal const uint Texts = 0x1000;

    internal const uint MoreTexts = 0x4000;

    private readonly PinnedMemory _memory = new((int)Size);
    private readonly Layer _files;

    internal Guest(Limits? limits = null)
    {
        Kernel = new Kernel(limits ?? Limits.Default) { Processes = Processes, Signals = Signals, Anonymous = Anonymous };
        _files = new VfsOptions().MountMemory("/").Build(Kernel.Limits);
        _files.Attach(Kernel);
        Process = new Process(Kernel, 1);
        Thread = new GuestThread(Process, 1, _memory);
        _files.Start(Process);
    }

    internal Kernel Kernel { get; }

    internal Process Process { get; }

    internal GuestThread Thread { get; }

    internal FakeProcesses Processes { get; } = new();

    internal FakeSignals Signals { get; } = new();

    internal FakeAnonymous Anonymous { get; } = new();

    internal GuestMemory Memory => new(_memory);

    internal Span<byte> Bytes => _memory.Bytes;

    public void Dispose()
    {
        Process.Close();
        Kernel.Dispose();
        _files.Dispose();
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

    internal GuestText Text(string text, uint address = Texts)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        bytes.CopyTo(Bytes[(int)address..]);
        return new GuestText(address, (uint)bytes.Length);
    }

    internal T Read<T>(uint address)
        where T : unmanaged => MemoryMarshal.Read<T>(Bytes[(int)address..]);

    internal void Write<T>(uint address, T value)
        where T : unmanaged => MemoryMarshal.Write(Bytes[(int)address..], in value);

    internal int Open(FileOperations operations, AccessModes access = AccessModes.ReadWrite)
    {
        Assert.That(Process.Descriptors.Add(new Descriptor(new OpenFile(operations, access)), out int fd), Is.EqualTo(Errno.Success));
        return fd;
    }

    /// <summary>Makes Marcotte's call.</summary>
    internal Errno Call(int operation, Request request, out Reply reply, uint room = 4096)
    {
        byte[] bytes = request.Build(operation);
        bytes.CopyTo(Bytes[0x8000..]);
        Bytes.Slice(0x20000, 4096).Fill(0xEE);
        Errno errno = Preview1.PathReadlink(
            Thread, Memory, Wasix.Call.Descriptor, new GuestText(0x8000, (uint)bytes.Length), new GuestSpan<byte>(0x20000, room), new GuestOut<uint>(First));
        reply = new Reply(Bytes.Slice(0x20000, errno == Errno.Success ? (int)Read<uint>(First) : 0).ToArray());
        return errno;
    }

    internal Errno Call(int operation, Request request) => Call(operation, request, out _);

    /// <summary>Opens by Marcotte's call.</summary>
    internal int Open(string path, uint flags = 0x42)
    {
        Assert.That(Call(0x0401, new Request().Int(-100).UInt(flags).UInt(0x1B6).Text(path), out Reply reply), Is.EqualTo(Errno.Success), path);
        return reply.Int();
    }
}
