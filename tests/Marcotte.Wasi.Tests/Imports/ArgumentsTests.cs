using Marcotte.Core;

namespace Marcotte.Wasi.Tests;

[TestFixture]
public sealed class ArgumentsTests
{
    [Test]
    public void Arguments_are_pointers_and_bytes_with_a_NUL_after_each()
    {
        Guest guest = new();
        guest.Process.Arguments = new ByteStrings(["prog", "", "zwölf"]);
        Assert.That(Arguments.ArgsSizesGet(guest.Thread, guest.Memory, new(Guest.First), new(Guest.Second)), Is.EqualTo(Errno.Success));
        Assert.That(guest.Read<uint>(Guest.First), Is.EqualTo(3));
        Assert.That(guest.Read<uint>(Guest.Second), Is.EqualTo(13));

        guest.Bytes[(int)Guest.Buffer + 13] = 0xEE;
        guest.Write(Guest.First + 12, 0xDDDDDDDD);
        Assert.That(Arguments.ArgsGet(guest.Thread, guest.Memory, new(Guest.First), new(Guest.Buffer)), Is.EqualTo(Errno.Success));
        Assert.That(guest.ReadText(Guest.Buffer, 13), Is.EqualTo("prog\0\0zwölf\0"));
        Assert.That(guest.Read<uint>(Guest.First), Is.EqualTo(Guest.Buffer));
        Assert.That(guest.Read<uint>(Guest.First + 4), Is.EqualTo(Guest.Buffer + 5));
        Assert.That(guest.Read<uint>(Guest.First + 8), Is.EqualTo(Guest.Buffer + 6));
        Assert.That(guest.Read<uint>(Guest.First + 12), Is.EqualTo(0xDDDDDDDD), "What lies behind stays.");
        Assert.That(guest.Bytes[(int)Guest.Buffer + 13], Is.EqualTo(0xEE), "What lies behind stays.");
    }

    [Test]
    public void Variables_are_laid_out_as_arguments_are()
    {
        Guest guest = new();
        guest.Process.Variables = new ByteStrings(["A=1", "B="]);
        Assert.That(Arguments.EnvironSizesGet(guest.Thread, guest.Memory, new(Guest.First), new(Guest.Second)), Is.EqualTo(Errno.Success));
        Assert.That(guest.Read<uint>(Guest.First), Is.EqualTo(2));
        Assert.That(guest.Read<uint>(Guest.Second), Is.EqualTo(7));
        Assert.That(Arguments.EnvironGet(guest.Thread, guest.Memory, new(Guest.First), new(Guest.Buffer)), Is.EqualTo(Errno.Success));
        Assert.That(guest.ReadText(Guest.Buffer, 7), Is.EqualTo("A=1\0B=\0"));
        Assert.That(guest.Read<uint>(Guest.First + 4), Is.EqualTo(Guest.Buffer + 4));
    }

    [Test]
    public void None_at_all_need_no_room()
    {
        Guest guest = new();
        Assert.That(Arguments.ArgsSizesGet(guest.Thread, guest.Memory, new(Guest.First), new(Guest.Second)), Is.EqualTo(Errno.Success));
        Assert.That(guest.Read<ulong>(Guest.First), Is.Zero);
        Assert.That(guest.Read<ulong>(Guest.Second), Is.Zero);
        Assert.That(Arguments.ArgsGet(guest.Thread, guest.Memory, new(uint.MaxValue), new(uint.MaxValue)), Is.EqualTo(Errno.Success));
        Assert.That(Arguments.EnvironGet(guest.Thread, guest.Memory, new(Guest.Size), new(Guest.Size)), Is.EqualTo(Errno.Success));
    }
}
