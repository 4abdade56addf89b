using System.Runtime.InteropServices;

namespace Marcotte.Wasix;

/// <summary>A terminal as a guest sees it (<c>tty</c>).</summary>
[StructLayout(LayoutKind.Explicit, Size = 24)]
internal struct Tty
{
    /// <summary>Characters in a row.</summary>
    [FieldOffset(0)]
    public uint Columns;

    /// <summary>Rows.</summary>
    [FieldOffset(4)]
    public uint Rows;

    /// <summary>Pixels.</summary>
    [FieldOffset(8)]
    public uint Width;

    /// <summary>Pixels.</summary>
    [FieldOffset(12)]
    public uint Height;

    /// <summary>Whether standard input is one.</summary>
    [FieldOffset(16)]
    public byte InputIsTerminal;

    /// <summary>Whether standard output is one.</summary>
    [FieldOffset(17)]
    public byte OutputIsTerminal;

    /// <summary>Whether standard error is one.</summary>
    [FieldOffset(18)]
    public byte ErrorIsTerminal;

    /// <summary>Whether what is typed is shown.</summary>
    [FieldOffset(19)]
    public byte Echo;

    /// <summary>Whether it is read line by line.</summary>
    [FieldOffset(20)]
    public byte LineBuffered;

    /// <summary>Whether a line feed returns the carriage as well.</summary>
    [FieldOffset(21)]
    public byte LineFeeds;
}
