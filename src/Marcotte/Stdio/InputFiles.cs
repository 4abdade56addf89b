using Marcotte.Core;

namespace Marcotte;

/// <summary>Standard input that has ended.</summary>
internal sealed class EmptyInputFile : FileOperations
{
    internal static readonly EmptyInputFile Instance = new();

    public override FileType Type => FileType.CharacterDevice;

    public override Errno Read(OpenFile file, Span<byte> buffer, out int count)
    {
        count = 0;
        return Errno.Success;
    }
}

/// <summary>Standard input out of memory.</summary>
internal sealed class MemoryInputFile(ReadOnlyMemory<byte> content) : FileOperations
{
    private readonly Lock _lock = new();
    private ReadOnlyMemory<byte> _rest = content;

    public override FileType Type => FileType.Fifo;

    public override Errno Read(OpenFile file, Span<byte> buffer, out int count)
    {
        lock (_lock)
        {
            count = Math.Min(buffer.Length, _rest.Length);
            _rest.Span[..count].CopyTo(buffer);
            _rest = _rest[count..];
            return Errno.Success;
        }
    }
}

/// <summary>Standard input out of a callback.</summary>
internal sealed class CallbackInputFile(InputCallback read) : FileOperations
{
    public override FileType Type => FileType.Fifo;

    public override Errno Read(OpenFile file, Span<byte> buffer, out int count)
    {
        count = read(buffer);
        if ((uint)count > (uint)buffer.Length)
        {
            throw new InvalidOperationException($"The input callback said {count} bytes for a buffer of {buffer.Length}; say how many it filled in.");
        }

        return Errno.Success;
    }
}
