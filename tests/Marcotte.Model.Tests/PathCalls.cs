using System.Globalization;
using Marcotte.Core;

namespace Marcotte.Model.Tests;

internal sealed record Stat(Place Place, bool Follow) : Call
{
    internal override Answer Run(Side side) => side.Stat(Place, Follow);

    public override string ToString() => $"{(Follow ? "stat" : "lstat")} {Place}";
}

internal sealed record Access(Place Place, AccessCheck Check) : Call
{
    internal override Answer Run(Side side) => side.Access(Place, Check);

    public override string ToString() => $"access {Place} {Check}";
}

internal sealed record Truncate(string Path, long Size) : Call
{
    internal override Answer Run(Side side) => side.SetSize(new Place(-1, Path), Size);

    public override string ToString() => $"truncate {new Place(-1, Path)} {Size}";
}

internal sealed record SetMode(Place Place, ushort Mode) : Call
{
    internal override Answer Run(Side side) => side.SetMode(Place, Mode);

    public override string ToString() => $"chmod {Place} {Text.Octal(Mode)}";
}

internal sealed record SetTimes(Place Place, TimeUpdate Times, bool Follow) : Call
{
    internal override Answer Run(Side side) => side.SetTimes(Place, Times, Follow);

    public override string ToString() => $"utimensat {Place} {Text.Of(Times)}{(Follow ? "" : " nofollow")}";
}

internal sealed record SetOwner(Place Place, OwnerUpdate Owner, bool Follow) : Call
{
    internal override Answer Run(Side side) => side.SetOwner(Place, Owner, Follow);

    public override string ToString() => $"chown {Place} {(int)Owner.UserId}:{(int)Owner.GroupId}{(Follow ? "" : " nofollow")}";
}

internal sealed record MakeDirectory(Place Place, ushort Mode) : Call
{
    internal override Answer Run(Side side) => side.MakeDirectory(Place, Mode);

    public override string ToString() => $"mkdir {Place} {Text.Octal(Mode)}";
}

internal sealed record RemoveDirectory(Place Place) : Call
{
    internal override Answer Run(Side side) => side.RemoveDirectory(Place);

    public override string ToString() => $"rmdir {Place}";
}

internal sealed record Unlink(Place Place) : Call
{
    internal override Answer Run(Side side) => side.Unlink(Place);

    public override string ToString() => $"unlink {Place}";
}

internal sealed record Rename(Place From, Place To, RenameMode Mode) : Call
{
    internal override Answer Run(Side side) => side.Rename(From, To, Mode);

    public override string ToString() => $"rename {From} {To}{(Mode == RenameMode.Replace ? "" : $" {Mode}")}";
}

internal sealed record Link(Place From, Place To, bool Follow) : Call
{
    internal override Answer Run(Side side) => side.Link(From, To, Follow);

    public override string ToString() => $"link {From} {To}{(Follow ? " follow" : "")}";
}

internal sealed record SymbolicLink(string Content, Place Place) : Call
{
    internal override Answer Run(Side side) => side.SymbolicLink(Content, Place);

    public override string ToString() => $"symlink {new Place(-1, Content)} {Place}";
}

internal sealed record ReadLink(Place Place, int Length) : Call
{
    internal override Answer Run(Side side) => side.ReadLink(Place, Length);

    public override string ToString() => $"readlink {Place} {Length}";
}

internal sealed record List(Place Place) : Call
{
    internal override Answer Run(Side side) => side.List(Place);

    public override string ToString() => $"list {Place}";
}

/// <summary>How calls are written.</summary>
internal static class Text
{
    internal static string Octal(ushort mode) => "0" + Convert.ToString(mode, 8);

    internal static byte[] Bytes(char letter, int length)
    {
        byte[] bytes = new byte[length];
        bytes.AsSpan().Fill((byte)letter);
        return bytes;
    }

    internal static string Of(TimeUpdate times) => $"{Of(times.Access)},{Of(times.Modify)}";

    private static string Of(long time) => time switch
    {
        TimeUpdate.Now => "now",
        TimeUpdate.Omit => "omit",
        _ => time.ToString(CultureInfo.InvariantCulture),
    };
}
