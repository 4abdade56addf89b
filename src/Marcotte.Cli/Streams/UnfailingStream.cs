namespace Marcotte.Cli.Streams;

/// <summary>Drops what cannot be written: a trace that nobody reads must not end the program.</summary>
internal sealed class UnfailingStream(Stream stream) : WriteOnlyStream
{
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            stream.Write(buffer);
        }
        catch (IOException)
        {
        }
    }
}
