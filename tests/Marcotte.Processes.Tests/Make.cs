using Marcotte.Clock;
using Marcotte.Core;
using Marcotte.Core.Waiting;
using Microsoft.Extensions.Time.Testing;

namespace Marcotte.Processes.Tests;

/// <summary>Makes the things that tests of pipes, events and terminals are about.</summary>
internal static class Make
{
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>A box with anonymous files and a clock: the host's, or one that a test drives.</summary>
    internal static Kernel Kernel(Limits? limits = null, FakeTimeProvider? time = null)
    {
        Kernel kernel = new(limits ?? Limits.Default);
        ClockOptions clock = new();
        (time is null ? clock : clock.From(time)).Build(kernel.Limits).Attach(kernel);
        kernel.Anonymous = new AnonymousFileTable(kernel);
        return kernel;
    }

    internal static Process Process(Kernel? kernel = null, int id = 1) => new(kernel ?? Kernel(), id);

    internal static GuestThread Thread(Kernel kernel, int id = 1) => new(Process(kernel, id), id, new PinnedMemory(64));

    internal static (OpenFile Reader, OpenFile Writer) Pipe(Kernel? kernel = null, StatusFlags status = StatusFlags.None)
    {
        Process process = Process(kernel);
        Assert.That(process.Kernel.Anonymous.Pipe(process, status, out OpenFile? reader, out OpenFile? writer), Is.EqualTo(Errno.Success));
        return (reader!, writer!);
    }

    internal static Task<T> Run<T>(Func<T> action) =>
        Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    internal static void Until(Func<bool> condition, string what) => Assert.That(SpinWait.SpinUntil(condition, Patience), Is.True, what);

    internal static T Outcome<T>(Task<T> task)
    {
        Assert.That(((IAsyncResult)task).AsyncWaitHandle.WaitOne(Patience), Is.True, "It did not end.");
        return task.GetAwaiter().GetResult();
    }

    /// <summary>Writes all, as an ABI does.</summary>
    internal static Errno WriteAll(GuestThread thread, OpenFile file, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            Errno errno = file.Write(bytes, out int count);
            if (errno == Errno.Again)
            {
                errno = thread.Waiter.WaitFor(file, Readiness.Out, Deadline.Never);
            }

            if (errno != Errno.Success)
            {
                return errno;
            }

            bytes = bytes[count..];
        }

        return Errno.Success;
    }

    /// <summary>Reads once, as an ABI does.</summary>
    internal static int ReadSome(GuestThread thread, OpenFile file, Span<byte> bytes)
    {
        for (;;)
        {
            Errno errno = file.Read(bytes, out int count);
            if (errno == Errno.Success)
            {
                return count;
            }

            errno = errno == Errno.Again ? thread.Waiter.WaitFor(file, Readiness.In, Deadline.Never) : errno;
            if (errno != Errno.Success)
            {
                return -(int)errno;
            }
        }
    }

    /// <summary>What a read answers that does not wait, as text.</summary>
    internal static string Text(OpenFile file, int most = 65536)
    {
        byte[] buffer = new byte[most];
        Errno errno = file.Read(buffer, out int count);
        return errno == Errno.Success ? System.Text.Encoding.Latin1.GetString(buffer, 0, count) : errno.ToString();
    }

    internal static Errno Put(OpenFile file, string text) => file.Write(System.Text.Encoding.Latin1.GetBytes(text), out _);
}
