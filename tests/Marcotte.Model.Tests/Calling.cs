using CsCheck;
using Marcotte.Core;

namespace Marcotte.Model.Tests;

/// <summary>Random calls: few names and little depth, so that they meet; every flag; sizes around pages and their ends.</summary>
internal static class Calling
{
    private static readonly Gen<string> Name = Gen.Frequency(
        (60, OneOf("a", "b", "c", "d")),
        (15, OneOf("l", "m")),
        (4, Gen.Const("..")),
        (3, Gen.Const(".")),
        (1, OneOf(new string('n', 255), new string('o', 256))));

    private static readonly Gen<string> Path =
        Gen.Select(
            Gen.Frequency((85, Gen.Const("")), (12, Gen.Const("/")), (2, Gen.Const("//"))),
            Gen.Frequency((45, Name.Array[1]), (40, Name.Array[2]), (15, Name.Array[3])),
            Gen.Frequency((97, Gen.Const("/")), (3, Gen.Const("//"))),
            Gen.Frequency((92, Gen.Const("")), (6, Gen.Const("/")), (1, Gen.Const("/.")), (1, Gen.Const("//"))),
            static (start, names, slash, end) => start + string.Join(slash, names) + end);

    private static readonly Gen<string> AnyPath = Gen.Frequency(
        (300, Path),
        (1, OneOf("", "/", new string('/', 4094) + "a", new string('/', 4095) + "a", string.Concat(Enumerable.Repeat("a/../", 60)) + "b")));

    private static readonly Gen<int> Slot = Gen.Int[0, Side.Slots - 1];

    private static readonly Gen<Place> Place = Gen.Select(
        Gen.Frequency((85, Gen.Const(-1)), (15, Slot)), AnyPath, static (at, path) => new Place(at, path));

    private static readonly Gen<bool> Mostly = Gen.Frequency((4, Gen.Const(true)), (1, Gen.Const(false)));

    private static readonly Gen<ushort> Mode = OneOf<ushort>(0x1A4, 0x1ED, 0x1FF, 0x180, 0x100, 0x000, 0x1C0, 0x0C9, 0x3FF, 0x124, 0x092, 0x1B6);

    private static readonly Gen<int> Length = OneOf(0, 1, 3, 100, 4095, 4096, 4097, 10_000);

    private static readonly Gen<long> Offset = Gen.Frequency(
        (60, OneOf<long>(0, 1, 3, 100, 4095, 4096, 4097, 8192, 10_000, 12_288, 70_000)),
        (1, OneOf(-1L, 1L << 40)));

    /// <summary>Also those that no file is long enough for; how long a file may be is each file system's to say.</summary>
    private static readonly Gen<long> AnyOffset = Gen.Frequency((60, Offset), (1, OneOf(long.MaxValue, long.MinValue)));

    /// <summary>Room to ask for; a directory of the host has to give it.</summary>
    private static readonly Gen<long> Room = OneOf<long>(-1, 0, 1, 100, 4095, 4096, 8192, 70_000);

    private static readonly Gen<char> Letter = OneOf('p', 'q', 'r', 's');

    private static readonly Gen<long> Time = OneOf(0, 1, 1_000_000_001, 123_456_789_123_456_789, TimeUpdate.Now, TimeUpdate.Omit);

    private static readonly Gen<TimeUpdate> Times = Gen.Select(Time, Time, static (access, modify) => new TimeUpdate(access, modify));

    private static readonly Gen<uint> Identity = OneOf(0u, 1001u, 1002u, OwnerUpdate.Keep);

    private static readonly Gen<OwnerUpdate> Owner = Gen.Select(Identity, Identity, static (user, group) => new OwnerUpdate(user, group));

    private static readonly Gen<OpenFlags> Flags = Gen.Frequency(
        (6, Gen.Const(OpenFlags.None)),
        (8, Gen.Const(OpenFlags.Create)),
        (2, Gen.Const(OpenFlags.Create | OpenFlags.Exclusive)),
        (2, Gen.Const(OpenFlags.Create | OpenFlags.Truncate)),
        (1, Gen.Const(OpenFlags.Exclusive)),
        (1, Gen.Const(OpenFlags.Truncate)),
        (4, Gen.Const(OpenFlags.Directory)),
        (1, Gen.Int[0, 15].Select(static bits => (OpenFlags)bits)));

    private static readonly Gen<Call> Opening = Gen.Frequency(
        (9, Gen.Select(
            Gen.Select(Slot, Place, Flags, Mode),
            Gen.Select(
                OneOf(AccessModes.Read, AccessModes.Write, AccessModes.ReadWrite, AccessModes.ReadWrite),
                Gen.Frequency((4, Gen.Const(StatusFlags.None)), (1, Gen.Const(StatusFlags.Append))),
                Mostly),
            static (what, how) => (Call)new Open(what.Item1, what.Item2, what.Item3, how.Item1, how.Item2, how.Item3, what.Item4))),

        // With O_PATH the kernel ignores all flags but this one.
        (1, Gen.Select(Slot, Place, Gen.Bool, static (slot, place, isDirectory) => (Call)new Open(
            slot, place, isDirectory ? OpenFlags.Directory : OpenFlags.None, AccessModes.None, StatusFlags.None, true, 0))));

    private static readonly Gen<Call> OnOpenFiles = Gen.Frequency(
        (2, Slot.Select(static slot => (Call)new Close(slot))),
        (4, Gen.Select(Slot, Length, static (slot, length) => (Call)new Read(slot, length))),
        (5, Gen.Select(Slot, Letter, Length, static (slot, letter, length) => (Call)new Write(slot, letter, length))),
        (3, Gen.Select(Slot, Length, AnyOffset, static (slot, length, offset) => (Call)new ReadAt(slot, length, offset))),
        (4, Gen.Select(Slot, Letter, Length, Offset, static (slot, letter, length, offset) => (Call)new WriteAt(slot, letter, length, offset))),
        (2, Gen.Select(Slot, Offset, OneOf(Whence.Start, Whence.Current, Whence.End), static (slot, offset, whence) => (Call)new Seek(slot, offset, whence))),
        (2, Gen.Select(Slot, Offset, OneOf(Whence.Data, Whence.Hole), static (slot, offset, whence) => (Call)new SeekContent(slot, offset, whence))),
        (1, Gen.Select(Slot, OneOf(StatusFlags.None, StatusFlags.Append), static (slot, status) => (Call)new SetStatus(slot, status))),
        (2, Gen.Select(Slot, Offset, static (slot, size) => (Call)new SetSize(slot, size))),
        (3, Gen.Select(Slot, Offset, Room, Gen.Enum<Allocation>(), static (slot, offset, length, mode) => (Call)new Allocate(slot, offset, length, mode))),
        (3, Gen.Select(
            Gen.Select(Slot, Gen.Frequency((1, Gen.Const(-1L)), (2, Offset))),
            Gen.Select(Slot, Gen.Frequency((1, Gen.Const(-1L)), (2, Offset))),
            Length,
            static (from, to, length) => (Call)new Copy(new Range(from.Item1, from.Item2), new Range(to.Item1, to.Item2), length))),
        (3, Slot.Select(static slot => (Call)new StatOpen(slot))),
        (1, Slot.Select(static slot => (Call)new ListOpen(slot))),
        (1, Gen.Select(Slot, Mode, static (slot, mode) => (Call)new SetModeOpen(slot, mode))),
        (1, Gen.Select(Slot, Times, static (slot, times) => (Call)new SetTimesOpen(slot, times))),
        (1, Gen.Select(Slot, Owner, static (slot, owner) => (Call)new SetOwnerOpen(slot, owner))));

    private static readonly Gen<Call> OnPaths = Gen.Frequency(
        (5, Gen.Select(Place, Gen.Bool, static (place, follow) => (Call)new Stat(place, follow))),
        (1, Gen.Select(Place, Gen.Int[0, 7], static (place, check) => (Call)new Access(place, (AccessCheck)check))),
        (2, Gen.Select(AnyPath, Offset, static (path, size) => (Call)new Truncate(path, size))),
        (2, Gen.Select(Place, Mode, static (place, mode) => (Call)new SetMode(place, mode))),
        (2, Gen.Select(Place, Times, Mostly, static (place, times, follow) => (Call)new SetTimes(place, times, follow))),
        (1, Gen.Select(Place, Owner, Mostly, static (place, owner, follow) => (Call)new SetOwner(place, owner, follow))),
        (5, Gen.Select(Place, Mode, static (place, mode) => (Call)new MakeDirectory(place, mode))),
        (3, Place.Select(static place => (Call)new RemoveDirectory(place))),
        (3, Place.Select(static place => (Call)new Unlink(place))),
        (8, Gen.Select(
            Place,
            Place,
            Gen.Frequency((3, Gen.Const(RenameMode.Replace)), (1, Gen.Const(RenameMode.NoReplace)), (1, Gen.Const(RenameMode.Exchange))),
            static (from, to, mode) => (Call)new Rename(from, to, mode))),
        (3, Gen.Select(Place, Place, Gen.Bool, static (from, to, follow) => (Call)new Link(from, to, follow))),
        (3, Gen.Select(AnyPath, Place, static (content, place) => (Call)new SymbolicLink(content, place))),
        (2, Gen.Select(Place, OneOf(0, 1, 5000), static (place, length) => (Call)new ReadLink(place, length))),
        (2, Place.Select(static place => (Call)new List(place))));

    private static readonly Gen<Call> Becoming = OneOf<Call>(new Become(0, 0), new Become(1001, 1001), new Become(1002, 1002));

    /// <summary>Programs that user 0 runs.</summary>
    internal static Gen<Call[]> OfRoot(int length) => Gen.Frequency((2, Opening), (4, OnOpenFiles), (5, OnPaths)).Array[length];

    /// <summary>Programs that change who runs them.</summary>
    internal static Gen<Call[]> OfMany(int length) => Gen.Frequency((4, Opening), (6, OnOpenFiles), (11, OnPaths), (1, Becoming)).Array[length];

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);
}
