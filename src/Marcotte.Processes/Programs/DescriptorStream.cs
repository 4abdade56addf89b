using Marcotte.Core;

namespace Marcotte.Processes;

/// <summary>A descriptor of a host program as a stream. It waits as guests do, and tries again after handlers have run.</summary>
internal sealed class DescriptorStream(HostContext context, int descriptor) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        Errno errno;
        int count;
        do
        {
            errno = context.Read(descriptor, buffer, out count);
        }
        while (errno == Errno.Intr);
        return errno == Errno.Success ? count : throw Failed(errno, "read from");
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            Errno errno = context.Write(descriptor, buffer, out int count);
            buffer = buffer[count..];
            if (errno is not (Errno.Success or Errno.Intr))
            {
                throw Failed(errno, "written to");
            }
        }
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private IOException Failed(Errno errno, string verb) => new($"Descriptor {descriptor} cannot be {verb}: {errno}.");
}
