using System.IO.Pipelines;
using Marcotte.Core;

namespace Marcotte;

/// <summary>Where a box's standard output or standard error goes.</summary>
public abstract class StandardOutput
{
    /// <summary>Nowhere. Serves any number of boxes.</summary>
    public static StandardOutput Discard { get; } = new Discarded();

    /// <summary>Whether programs take it for a terminal.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>
    /// A stream, flushed when the box ends and never closed. The program goes on while the stream takes up to 64 KiB, and
    /// waits beyond; a failure of the stream is EIO to it.
    /// </summary>
    /// <param name="stream">The stream.</param>
    /// <returns>The output.</returns>
    public static StandardOutput To(Stream stream) => To(stream, isTerminal: false);

    /// <summary>A stream, as <see cref="To(Stream)"/>.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="isTerminal">Whether programs take it for a terminal.</param>
    /// <returns>The output.</returns>
    public static StandardOutput To(Stream stream, bool isTerminal) => new Streamed(stream) { IsTerminal = isTerminal };

    /// <summary>A pipe's end; never completed. The program waits while the pipe is full.</summary>
    /// <param name="writer">The pipe's end.</param>
    /// <returns>The output.</returns>
    public static StandardOutput To(PipeWriter writer) => new Streamed(writer.AsStream(leaveOpen: true));

    /// <summary>A callback, run on the guest's thread.</summary>
    /// <param name="write">Takes the bytes, which it must not keep.</param>
    /// <returns>The output.</returns>
    public static StandardOutput To(OutputCallback write) => To(write, isTerminal: false);

    /// <summary>A callback, run on the guest's thread.</summary>
    /// <param name="write">Takes the bytes, which it must not keep.</param>
    /// <param name="isTerminal">Whether programs take it for a terminal.</param>
    /// <returns>The output.</returns>
    public static StandardOutput To(OutputCallback write, bool isTerminal) => new Called(write) { IsTerminal = isTerminal };

    /// <summary>
    /// Memory, to be had from <see cref="Box.Output"/> and <see cref="Box.Error"/>; what a box has when its host says nothing.
    /// Serves any number of boxes.
    /// </summary>
    /// <param name="maximumBytes">The most that is kept; the program does not notice what is dropped beyond, the host does.</param>
    /// <returns>The output.</returns>
    public static StandardOutput Capture(int maximumBytes = 1024 * 1024)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maximumBytes);
        return new Captured(maximumBytes);
    }

    internal abstract FileOperations Open(Kernel kernel);

    private sealed class Discarded : StandardOutput
    {
        internal override FileOperations Open(Kernel kernel) => CallbackOutputFile.Discard;
    }

    private sealed class Streamed(Stream stream) : StandardOutput
    {
        internal override FileOperations Open(Kernel kernel) => new StreamOutputFile(stream, IsTerminal);
    }

    private sealed class Called(OutputCallback write) : StandardOutput
    {
        internal override FileOperations Open(Kernel kernel) => new CallbackOutputFile(write, IsTerminal);
    }

    private sealed class Captured(int maximumBytes) : StandardOutput
    {
        internal override FileOperations Open(Kernel kernel) => new CapturedOutput(maximumBytes);
    }
}

/// <summary>Takes what a program writes.</summary>
/// <param name="bytes">The bytes; valid during the call.</param>
public delegate void OutputCallback(ReadOnlySpan<byte> bytes);
