using System.Globalization;
using System.Text;
using Marcotte.Core;

namespace Marcotte.Model.Tests;

/// <summary>What one side says to a call: the errno, and on success what it gives.</summary>
internal readonly record struct Answer(Errno Errno, long Value = 0, string Text = "")
{
    internal static Answer Done { get; } = new(Errno.Success);

    public override string ToString() =>
        Errno == Errno.Success ? string.Create(CultureInfo.InvariantCulture, $"{Value} {Text}").TrimEnd() : Errno.ToName();

    /// <summary>Bytes, each with how often it comes: short for what the calls write.</summary>
    internal static string Runs(ReadOnlySpan<byte> bytes)
    {
        StringBuilder text = new();
        while (!bytes.IsEmpty)
        {
            int end = bytes.IndexOfAnyExcept(bytes[0]);
            int length = end < 0 ? bytes.Length : end;
            text.Append(bytes[0] == 0 ? '0' : (char)bytes[0]);
            if (length > 1)
            {
                text.Append('*').Append(length);
            }

            text.Append(' ');
            bytes = bytes[length..];
        }

        return text.ToString();
    }
}
