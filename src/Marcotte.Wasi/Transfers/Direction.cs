using Marcotte.Core;

namespace Marcotte.Wasi;

/// <summary>Which way bytes go, and where the position is. Structs implement it, so that each way compiles to code of its own.</summary>
internal interface IDirection
{
    /// <summary>What to wait for when it cannot go on.</summary>
    static abstract Readiness Awaited { get; }

    /// <summary>Whether bytes go from the guest to the file.</summary>
    static abstract bool FromGuest { get; }

    /// <summary>Moves bytes.</summary>
    /// <param name="thread">Who calls.</param>
    /// <param name="file">The open file.</param>
    /// <param name="buffer">The guest's bytes; with none of them it is only checked whether they could be moved.</param>
    /// <param name="offset">The position, for those that name one.</param>
    /// <param name="count">Bytes moved.</param>
    /// <returns>The outcome.</returns>
    static abstract Errno Move(GuestThread thread, OpenFile file, Span<byte> buffer, long offset, out int count);

    /// <summary>Whether several buffers must go as one: what is written at once arrives at once.</summary>
    /// <param name="file">The open file.</param>
    /// <returns>True for streams, and for writes that append.</returns>
    static abstract bool IsOneStep(OpenFile file);

    /// <summary>Whether a transfer that moved a part goes on with the rest.</summary>
    /// <param name="file">The open file.</param>
    /// <param name="count">Bytes moved.</param>
    /// <returns>True for writes that may wait: POSIX lets them end early only when they fail.</returns>
    static abstract bool GoesOn(OpenFile file, int count);
}

/// <summary>fd_read.</summary>
internal readonly struct Reading : IDirection
{
    public static Readiness Awaited => Readiness.In;

    public static bool FromGuest => false;

    public static Errno Move(GuestThread thread, OpenFile file, Span<byte> buffer, long offset, out int count) => file.Read(buffer, out count);

    public static bool IsOneStep(OpenFile file) => !file.Operations.IsSeekable;

    public static bool GoesOn(OpenFile file, int count) => false;
}

/// <summary>fd_write.</summary>
internal readonly struct Writing : IDirection
{
    public static Readiness Awaited => Readiness.Out;

    public static bool FromGuest => true;

    public static Errno Move(GuestThread thread, OpenFile file, Span<byte> buffer, long offset, out int count) =>
        file.Write(buffer, out count, thread.Process.FileSizeLimit);

    public static bool IsOneStep(OpenFile file) => !file.Operations.IsSeekable || (file.Status & StatusFlags.Append) != 0;

    public static bool GoesOn(OpenFile file, int count) => count > 0 && (file.Operations.IsSeekable || !file.IsNonBlocking);
}

/// <summary>fd_pread.</summary>
internal readonly struct ReadingAt : IDirection
{
    public static Readiness Awaited => Readiness.In;

    public static bool FromGuest => false;

    public static Errno Move(GuestThread thread, OpenFile file, Span<byte> buffer, long offset, out int count) => file.ReadAt(buffer, offset, out count);

    public static bool IsOneStep(OpenFile file) => false;

    public static bool GoesOn(OpenFile file, int count) => false;
}

/// <summary>fd_pwrite.</summary>
internal readonly struct WritingAt : IDirection
{
    public static Readiness Awaited => Readiness.Out;

    public static bool FromGuest => true;

    public static Errno Move(GuestThread thread, OpenFile file, Span<byte> buffer, long offset, out int count) =>
        file.WriteAt(buffer, offset, out count, thread.Process.FileSizeLimit);

    public static bool IsOneStep(OpenFile file) => false;

    public static bool GoesOn(OpenFile file, int count) => false;
}
