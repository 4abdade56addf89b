using Marcotte.Core;

namespace Marcotte.Model.Tests;

/// <summary>One call of a program. It knows nothing of what came before, so that any calls may be left out of a program.</summary>
internal abstract record Call
{
    internal abstract Answer Run(Side side);
}

/// <summary>A call on an open file; EBADF where there is none.</summary>
internal abstract record OpenCall(int Slot) : Call
{
    /// <summary>
    /// Whether it is asked of what is only named. A box's descriptor with neither access is no O_PATH in all: preview 1 gives
    /// rights one by one, and one to set times, say, holds without one to read.
    /// </summary>
    private protected virtual bool IsForNamed => true;

    internal sealed override Answer Run(Side side) =>
        side.IsOpen(Slot) && (IsForNamed || !side.IsNamed(Slot)) ? RunOpen(side) : new Answer(Errno.BadF);

    private protected abstract Answer RunOpen(Side side);
}

internal sealed record Become(uint User, uint Group) : Call
{
    internal override Answer Run(Side side) => side.Become(User, Group);

    public override string ToString() => $"become {User}:{Group}";
}

internal sealed record Open(int Slot, Place Place, OpenFlags Flags, AccessModes Access, StatusFlags Status, bool Follow, ushort Mode) : Call
{
    internal override Answer Run(Side side) => side.Open(Slot, Place, Flags, Access, Status, Follow, Mode);

    public override string ToString() =>
        $"{Slot} = open {Place} {Access}{(Flags == 0 ? "" : $" {Flags}")}{(Status == 0 ? "" : $" {Status}")}{(Follow ? "" : " nofollow")} {Text.Octal(Mode)}";
}

internal sealed record Close(int Slot) : OpenCall(Slot)
{
    private protected override Answer RunOpen(Side side) => side.Close(Slot);

    public override string ToString() => $"close {Slot}";
}

internal sealed record Read(int Slot, int Length) : OpenCall(Slot)
{
    private protected override Answer RunOpen(Side side) => side.Read(Slot, Length);

    public override string ToString() => $"read {Slot} {Length}";
}

internal sealed record Write(int Slot, char Letter, int Length) : OpenCall(Slot)
{
    private protected override Answer RunOpen(Side side) => side.Write(Slot, Text.Bytes(Letter, Length));

    public override string ToString() => $"write {Slot} {Letter}*{Length}";
}

internal sealed record ReadAt(int Slot, int Length, long Offset) : OpenCall(Slot)
{
    private protected override Answer RunOpen(Side side) => side.ReadAt(Slot, Length, Offset);

    public override string ToString() => $"pread {Slot} {Length} at {Offset}";
}

internal sealed record WriteAt(int Slot, char Letter, int Length, long Offset) : OpenCall(Slot)
{
    private protected override Answer RunOpen(Side side) => side.WriteAt(Slot, Text.Bytes(Letter, Length), Offset);

    public override string ToString() => $"pwrite {Slot} {Letter}*{Length} at {Offset}";
}

internal sealed record Seek(int Slot, long Offset, Whence Whence) : OpenCall(Slot)
{
    private protected override bool IsForNamed => false;

    private protected override Answer RunOpen(Side side) => side.Seek(Slot, Offset, Whence);

    public override string ToString() => $"seek {Slot} {Offset} {Whence}";
}

/// <summary>Asks where data or a hole is, and goes back to where it is known to be: sides may differ in what they keep holes for.</summary>
internal sealed record SeekContent(int Slot, long Offset, Whence Whence) : OpenCall(Slot)
{
    private protected override bool IsForNamed => false;

    private protected override Answer RunOpen(Side side)
    {
        Answer answer = side.Seek(Slot, Offset, Whence);
        side.Seek(Slot, 0, Whence.Start);
        return answer;
    }

    public override string ToString() => $"seek {Slot} {Offset} {Whence}, and back to 0";
}

internal sealed record SetStatus(int Slot, StatusFlags Status) : OpenCall(Slot)
{
    private protected override bool IsForNamed => false;

    private protected override Answer RunOpen(Side side) => side.SetStatus(Slot, Status);

    public override string ToString() => $"fcntl {Slot} {Status}";
}

internal sealed record SetSize(int Slot, long Size) : OpenCall(Slot)
{
    private protected override bool IsForNamed => false;

    private protected override Answer RunOpen(Side side) => side.SetSize(Slot, Size);

    public override string ToString() => $"ftruncate {Slot} {Size}";
}

internal sealed record Allocate(int Slot, long Offset, long Length, Allocation Mode) : OpenCall(Slot)
{
    private protected override bool IsForNamed => false;

    private protected override Answer RunOpen(Side side) => side.Allocate(Slot, Offset, Length, Mode);

    public override string ToString() => $"fallocate {Slot} {Mode} {Length} at {Offset}";
}

internal sealed record Copy(Range From, Range To, long Length) : OpenCall(From.Slot)
{
    private protected override bool IsForNamed => false;

    private protected override Answer RunOpen(Side side) =>
        side.IsOpen(To.Slot) && !side.IsNamed(To.Slot) ? side.Copy(From, To, Length) : new Answer(Errno.BadF);

    public override string ToString() => $"copy_file_range {From.Slot} at {From.Offset} to {To.Slot} at {To.Offset} {Length}";
}

internal sealed record StatOpen(int Slot) : OpenCall(Slot)
{
    private protected override Answer RunOpen(Side side) => side.StatOpen(Slot);

    public override string ToString() => $"fstat {Slot}";
}

internal sealed record ListOpen(int Slot) : OpenCall(Slot)
{
    private protected override bool IsForNamed => false;

    private protected override Answer RunOpen(Side side) => side.ListOpen(Slot);

    public override string ToString() => $"getdents {Slot}";
}

internal sealed record SetModeOpen(int Slot, ushort Mode) : OpenCall(Slot)
{
    private protected override Answer RunOpen(Side side) => side.SetMode(Slot, Mode);

    public override string ToString() => $"fchmod {Slot} {Text.Octal(Mode)}";
}

internal sealed record SetTimesOpen(int Slot, TimeUpdate Times) : OpenCall(Slot)
{
    private protected override bool IsForNamed => false;

    private protected override Answer RunOpen(Side side) => side.SetTimes(Slot, Times);

    public override string ToString() => $"futimens {Slot} {Text.Of(Times)}";
}

internal sealed record SetOwnerOpen(int Slot, OwnerUpdate Owner) : OpenCall(Slot)
{
    private protected override Answer RunOpen(Side side) => side.SetOwner(Slot, Owner);

    public override string ToString() => $"fchown {Slot} {(int)Owner.UserId}:{(int)Owner.GroupId}";
}
