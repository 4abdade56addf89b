namespace Marcotte.Vfs.Archives;

/// <summary>The names by which a layer of a container image says what of the layers below is gone (OCI Image Layer, "Whiteouts").</summary>
internal static class Whiteouts
{
    public static ReadOnlySpan<byte> Prefix => ".wh."u8;

    public static ReadOnlySpan<byte> Opaque => ".wh..wh..opq"u8;

    private static ReadOnlySpan<byte> MetadataPrefix => ".wh..wh."u8;

    public static bool Is(ReadOnlySpan<byte> name) => name.StartsWith(Prefix);

    public static bool IsOpaque(ReadOnlySpan<byte> name) => name.SequenceEqual(Opaque);

    /// <summary>Whether a name is what a layered file system keeps for itself, and no whiteout.</summary>
    public static bool IsReserved(ReadOnlySpan<byte> name) => name.StartsWith(MetadataPrefix) && !IsOpaque(name);

    /// <summary>Whether a path lies in what AUFS keeps for itself, which is in layers that were made on it, and means nothing.</summary>
    public static bool IsInMetadata(ReadOnlySpan<byte> path, ArchivePath names)
    {
        for (int i = 0; i < names.Count; i++)
        {
            if (IsReserved(path[names[i]]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The name that a whiteout is of.</summary>
    /// <exception cref="InvalidDataException">It is of no name.</exception>
    public static ReadOnlySpan<byte> Hidden(ReadOnlySpan<byte> path, ReadOnlySpan<byte> name)
    {
        name = name[Prefix.Length..];
        if (name.IsEmpty || name.SequenceEqual("."u8) || name.SequenceEqual(".."u8))
        {
            throw Malformed.Entry(path, "is a whiteout of no name.");
        }

        return name;
    }
}
