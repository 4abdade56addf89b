using System.Runtime.InteropServices;

namespace Marcotte.Cli.Streams;

/// <summary>Writes to one of the process's descriptors by write(2).</summary>
/// <remarks>
/// .NET's console stream takes a pipe that nobody reads any more for a success, so a program like yes(1) would never
/// end, and its file stream writes at an offset of its own, so <c>&gt; file 2&gt;&amp;1</c> would overwrite itself.
/// </remarks>
internal sealed unsafe partial class DescriptorStream(int descriptor) : WriteOnlyStream
{
    private const int Interrupted = 4;
    private const short Writable = 4;
    private const int Forever = -1;

    /// <exception cref="IOException">It cannot be written to; nobody may be reading any more.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        fixed (byte* start = buffer)
        {
            for (int done = 0; done < buffer.Length;)
            {
                nint count = WriteTo(descriptor, start + done, (nuint)(buffer.Length - done));
                if (count < 0)
                {
                    Recover(Marshal.GetLastPInvokeError());
                    continue;
                }

                done += (int)count;
            }
        }
    }

    // Whoever started the tool may have made the descriptor non-blocking.
    private void Recover(int error)
    {
        int again = OperatingSystem.IsMacOS() ? 35 : 11;
        if (error == again)
        {
            PollEntry entry = new() { Descriptor = descriptor, Events = Writable };
            _ = Poll(&entry, 1, Forever);
        }
        else if (error != Interrupted)
        {
            throw new IOException(Marshal.GetPInvokeErrorMessage(error), error);
        }
    }

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint WriteTo(int descriptor, byte* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(PollEntry* entries, nuint count, int timeout);

    private struct PollEntry
    {
        internal int Descriptor;
        internal short Events;
#pragma warning disable CS0649 // Written by the kernel.
        internal short Returned;
#pragma warning restore CS0649
    }
}
