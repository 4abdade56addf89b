using System.Buffers.Text;

namespace Marcotte.Vfs.Archives;

/// <summary>
/// What an extended header says of the entry after it, or of all entries that follow (POSIX 1003.1 pax, "pax Extended
/// Header"). What is null or empty is not said.
/// </summary>
internal struct PaxAttributes
{
    public byte[]? Path { get; set; }

    public byte[]? Link { get; set; }

    public long? Size { get; private set; }

    public uint? UserId { get; private set; }

    public uint? GroupId { get; private set; }

    public long? AccessTime { get; private set; }

    public long? ModifyTime { get; private set; }

    public long? ChangeTime { get; private set; }

    /// <summary>Whether the entry's data is a sparse file's map and its pieces, in one of GNU tar's ways.</summary>
    public bool IsSparse { get; private set; }

    /// <summary>Reads the records of a header: each a length, a space, a key, an equals sign, a value and a line feed.</summary>
    /// <returns>What is wrong with them; null when nothing is.</returns>
    public string? Parse(ReadOnlySpan<byte> records)
    {
        while (!records.IsEmpty)
        {
            if (!Utf8Parser.TryParse(records, out int length, out int digits) || records[0] is < (byte)'0' or > (byte)'9' ||
                length > records.Length || length < digits + 4 || records[digits] != ' ' || records[length - 1] != '\n')
            {
                return "has an extended header with a record whose length is wrong.";
            }

            ReadOnlySpan<byte> record = records[(digits + 1)..(length - 1)];
            int equals = record.IndexOf((byte)'=');
            if (equals <= 0)
            {
                return "has an extended header with a record that has no key.";
            }

            if (!Take(record[..equals], record[(equals + 1)..]))
            {
                return $"has an extended header whose {Malformed.Show(record[..equals])} makes no sense.";
            }

            records = records[length..];
        }

        return null;
    }

    private bool Take(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        if (key.StartsWith("GNU.sparse."u8))
        {
            IsSparse = true;
            return true;
        }

        // An empty value takes back what was said for all entries.
        bool isEmpty = value.IsEmpty;
        bool isRight = true;
        switch (key)
        {
            case var _ when key.SequenceEqual("path"u8):
                Path = isEmpty ? null : value.ToArray();
                break;
            case var _ when key.SequenceEqual("linkpath"u8):
                Link = isEmpty ? null : value.ToArray();
                break;
            case var _ when key.SequenceEqual("size"u8):
                isRight = TryNumber(value, long.MaxValue, out long size);
                Size = isEmpty ? null : size;
                break;
            case var _ when key.SequenceEqual("uid"u8):
                isRight = TryNumber(value, uint.MaxValue, out long user);
                UserId = isEmpty ? null : (uint)user;
                break;
            case var _ when key.SequenceEqual("gid"u8):
                isRight = TryNumber(value, uint.MaxValue, out long group);
                GroupId = isEmpty ? null : (uint)group;
                break;
            case var _ when key.SequenceEqual("atime"u8):
                isRight = TarTime.TryParse(value, out long access);
                AccessTime = isEmpty ? null : access;
                break;
            case var _ when key.SequenceEqual("mtime"u8):
                isRight = TarTime.TryParse(value, out long modify);
                ModifyTime = isEmpty ? null : modify;
                break;
            case var _ when key.SequenceEqual("ctime"u8):
                isRight = TarTime.TryParse(value, out long change);
                ChangeTime = isEmpty ? null : change;
                break;
        }

        return isRight || isEmpty;
    }

    private static bool TryNumber(ReadOnlySpan<byte> value, long most, out long number)
    {
        number = 0;
        return !value.IsEmpty && value[0] is >= (byte)'0' and <= (byte)'9' &&
            Utf8Parser.TryParse(value, out number, out int length) && length == value.Length && number <= most;
    }
}
