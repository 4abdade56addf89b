using System.Runtime.CompilerServices;
using Marcotte.Core;

namespace Marcotte.Vfs.Host.Linux;

/// <summary>One name as the kernel takes it: its bytes and a NUL, on the stack.</summary>
/// <remarks>
/// The walker has checked names by the time they come here. This looks again, for nothing here may rest on a caller:
/// a name that could lead out of its directory never reaches the kernel.
/// </remarks>
[InlineArray(Capacity)]
internal struct NativeName
{
    /// <summary>The longest name of any Linux file system, in bytes (NAME_MAX), and its NUL.</summary>
    internal const int Capacity = 256;

    private byte _first;

    /// <summary>Takes a name in.</summary>
    /// <param name="name">The name's bytes.</param>
    /// <param name="native">The name for the kernel.</param>
    /// <returns>
    /// <see cref="Errno.NameTooLong"/>; <see cref="Errno.NoEnt"/> for an empty one; <see cref="Errno.Inval"/> for one that
    /// is no name: <c>.</c>, <c>..</c>, or with a slash or a NUL in it.
    /// </returns>
    internal static Errno Take(ReadOnlySpan<byte> name, out NativeName native)
    {
        Unsafe.SkipInit(out native);
        if (name.Length >= Capacity)
        {
            return Errno.NameTooLong;
        }

        if (name.IsEmpty)
        {
            return Errno.NoEnt;
        }

        if (name.ContainsAny((byte)'/', (byte)0) || name.SequenceEqual("."u8) || name.SequenceEqual(".."u8))
        {
            return Errno.Inval;
        }

        name.CopyTo(native);
        native[name.Length] = 0;
        return Errno.Success;
    }
}
