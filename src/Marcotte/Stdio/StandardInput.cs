using System.IO.Pipelines;
using System.Text;
using Marcotte.Core;

namespace Marcotte;

/// <summary>What a box reads as standard input. One may serve many boxes only when it says so.</summary>
public abstract class StandardInput
{
    /// <summary>Nothing: the end at once. What a box has when its host says nothing. Serves any number of boxes.</summary>
    public static StandardInput Empty { get; } = new Fixed(ReadOnlyMemory<byte>.Empty);

    /// <summary>Whether programs take it for a terminal.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>Bytes in memory. Serves any number of boxes, each from the start.</summary>
    /// <param name="content">The bytes.</param>
    /// <returns>The input.</returns>
    public static StandardInput From(ReadOnlyMemory<byte> content) => new Fixed(content);

    /// <summary>Text, as UTF-8. Serves any number of boxes, each from the start.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The input.</returns>
    public static StandardInput From(string text) => new Fixed(Encoding.UTF8.GetBytes(text));

    /// <summary>A stream, read ahead by up to 64 KiB once the program reads; never closed.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="isTerminal">Whether programs take it for a terminal.</param>
    /// <returns>The input, for one box.</returns>
    public static StandardInput From(Stream stream, bool isTerminal = false) => new Streamed(stream) { IsTerminal = isTerminal };

    /// <summary>A pipe's end; never completed.</summary>
    /// <param name="reader">The pipe's end.</param>
    /// <returns>The input, for one box.</returns>
    public static StandardInput From(PipeReader reader) => new Streamed(reader.AsStream(leaveOpen: true));

    /// <summary>A callback that fills the buffer it is given and says by how much; 0 is the end. It runs on the guest's thread.</summary>
    /// <param name="read">The callback.</param>
    /// <returns>The input, for one box.</returns>
    public static StandardInput From(InputCallback read) => new Called(read);

    internal abstract FileOperations Open(Kernel kernel);

    private sealed class Fixed(ReadOnlyMemory<byte> content) : StandardInput
    {
        internal override FileOperations Open(Kernel kernel) => content.IsEmpty && !IsTerminal ? EmptyInputFile.Instance : new MemoryInputFile(content);
    }

    private sealed class Streamed(Stream stream) : StandardInput
    {
        internal override FileOperations Open(Kernel kernel)
        {
            StreamInputFile file = new(stream, IsTerminal);
            kernel.Own(file);
            return file;
        }
    }

    private sealed class Called(InputCallback read) : StandardInput
    {
        internal override FileOperations Open(Kernel kernel) => new CallbackInputFile(read);
    }
}

/// <summary>Gives a program's standard input.</summary>
/// <param name="buffer">To be filled from its start; never empty.</param>
/// <returns>Bytes filled in; 0 for the end.</returns>
public delegate int InputCallback(Span<byte> buffer);
