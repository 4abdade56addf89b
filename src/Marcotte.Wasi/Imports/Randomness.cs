using Marcotte.Abi;
using Marcotte.Core;

namespace Marcotte.Wasi;

/// <summary>Random bytes: <c>random_get</c>.</summary>
[HostImports(ErrnoEncoder = typeof(WasiErrno))]
internal static partial class Randomness
{
    /// <summary>After so many bytes it is looked whether the guest was killed: well under a millisecond.</summary>
    private const uint Step = 64 * 1024;

    /// <summary>random_get: fills a buffer with random bytes, straight in the guest's memory.</summary>
    /// <param name="thread">Who calls.</param>
    /// <param name="memory">Its memory.</param>
    /// <param name="buffer">The buffer; all of it is filled.</param>
    /// <returns>
    /// <see cref="Errno.Fault"/> when any of the buffer lies outside of memory, with nothing written;
    /// <see cref="Errno.NoSys"/> when the box has no entropy.
    /// </returns>
    /// <exception cref="GuestKilledException">The guest was killed meanwhile.</exception>
    [HostImport(WasiModules.Preview1, "random_get", Needs = typeof(EntropySource))]
    [HostImport(WasiModules.Unstable, "random_get", Needs = typeof(EntropySource))]
    internal static Errno RandomGet(GuestThread thread, GuestMemory memory, GuestSpan<byte> buffer)
    {
        EntropySource entropy = thread.Kernel.Entropy;
        if (buffer.Count <= Step)
        {
            return memory.TrySlice(buffer, out Span<byte> bytes) ? entropy.Fill(bytes) : Errno.Fault;
        }

        if (!memory.Contains(buffer.Address, buffer.Count))
        {
            return Errno.Fault;
        }

        for (uint done = 0; done < buffer.Count;)
        {
            thread.ThrowIfKilled();
            uint length = Math.Min(Step, buffer.Count - done);
            if (!memory.TrySlice(buffer.Address + done, length, out Span<byte> bytes))
            {
                return Errno.Fault;
            }

            Errno errno = entropy.Fill(bytes);
            if (errno != Errno.Success)
            {
                return errno;
            }

            done += length;
        }

        return Errno.Success;
    }
}
