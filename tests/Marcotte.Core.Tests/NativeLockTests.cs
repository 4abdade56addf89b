using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Marcotte.Core.Tests;

/// <summary>The same random calls to Linux's locks and to ours, which must answer the same.</summary>
[TestFixture]
[Platform("Linux", Reason = "Compares with Linux.")]
public sealed partial class NativeLockTests
{
    private const int Openings = 4;
    private const int SetLock = 37;
    private const int GetLock = 36;

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public void Records_of_open_files_answer_as_on_Linux(int seed)
    {
        using Compared compared = new();
        Random random = new(seed);
        for (int i = 0; i < 4000; i++)
        {
            int who = random.Next(Openings);
            long start = random.Next(24);
            long length = random.Next(8) == 0 ? 0 : random.Next(1, 10);
            Assert.That(ByteRange.Of(start, length, out ByteRange range), Is.EqualTo(Errno.Success));
            FileLock native = new() { Start = start, Length = length };
            switch (random.Next(4))
            {
                case 0:
                    native.Type = 2;
                    Assert.That(compared.Ours.UnlockRecord(compared.Thread.Process, compared.Files[who], range, RecordOwner.OpenFile), Is.EqualTo(compared.Native(who, SetLock, ref native)));
                    break;
                case 1:
                    LockKind tested = (LockKind)random.Next(2);
                    native.Type = (short)tested;
                    Assert.That(compared.Native(who, GetLock, ref native), Is.EqualTo(Errno.Success));
                    compared.Ours.TestRecord(compared.Thread.Process, compared.Files[who], range, tested, RecordOwner.OpenFile, out RecordLock? found);

                    // Which of several it is, POSIX leaves open: Linux tells the oldest owner's, we the one that begins first.
                    Assert.That(found is null, Is.EqualTo(native.Type == 2), $"call {i}");
                    break;
                default:
                    LockKind kind = (LockKind)random.Next(2);
                    native.Type = (short)kind;
                    Assert.That(compared.Ours.LockRecord(compared.Thread, compared.Files[who], range, kind, RecordOwner.OpenFile, wait: false), Is.EqualTo(compared.Native(who, SetLock, ref native)), $"call {i}");
                    break;
            }
        }
    }

    [Test]
    public void Locks_on_whole_files_answer_as_on_Linux()
    {
        using Compared compared = new();
        Random random = new(5);
        for (int i = 0; i < 4000; i++)
        {
            int who = random.Next(Openings);
            int kind = random.Next(3);
            Errno native = kind == 2
                ? Compared.Result(Flock(compared.Handles[who], 8))
                : Compared.Result(Flock(compared.Handles[who], 4 | (kind + 1)));
            Errno ours = kind == 2
                ? compared.Ours.Unlock(compared.Files[who])
                : compared.Ours.Lock(compared.Thread, compared.Files[who], (LockKind)kind, wait: false);
            Assert.That(ours, Is.EqualTo(native), $"call {i}");
        }
    }

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Fcntl(SafeFileHandle file, int command, ref FileLock argument);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int Flock(SafeFileHandle file, int operation);

    [StructLayout(LayoutKind.Sequential)]
    private struct FileLock
    {
        public short Type;
        public short Whence;
        public long Start;
        public long Length;
        public int Process;
    }

    private sealed class Compared : IDisposable
    {
        private readonly string _path = Path.GetTempFileName();
        private readonly Kernel _kernel = new(Limits.Default) { Clock = new HostClock() };

        internal Compared()
        {
            Thread = new GuestThread(new Process(_kernel, 1), 1, new PinnedMemory(64));
            Files = [.. Enumerable.Range(0, Openings).Select(_ => new OpenFile(new Numbered(7), AccessModes.ReadWrite))];

            // Opened so that .NET takes no flock of its own.
            Handles = [.. Enumerable.Range(0, Openings).Select(_ => File.OpenHandle(_path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete))];
            foreach (SafeFileHandle handle in Handles)
            {
                _ = Flock(handle, 8);
            }
        }

        internal GuestThread Thread { get; }

        internal LockTable Ours => _kernel.Locks;

        internal OpenFile[] Files { get; }

        internal SafeFileHandle[] Handles { get; }

        public void Dispose()
        {
            Array.ForEach(Handles, handle => handle.Dispose());
            _kernel.Dispose();
            File.Delete(_path);
        }

        internal static Errno Result(int result) => result == 0 ? Errno.Success : (Errno)Marshal.GetLastPInvokeError();

        internal Errno Native(int who, int command, ref FileLock argument) => Result(Fcntl(Handles[who], command, ref argument));
    }
}
