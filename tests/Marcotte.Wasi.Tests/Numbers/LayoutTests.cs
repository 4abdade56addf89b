using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Marcotte.Wasi.Tests;

/// <summary>Every offset and size of preview 1 and of snapshot 0, against the document's tables (2 and 2.1).</summary>
[TestFixture]
public sealed class LayoutTests
{
    /// <summary>A type, its size, and of each of its fields the offset and the bytes.</summary>
    private static readonly (Type Type, int Size, string Fields)[] Layouts =
    [
        (typeof(Iovec), 8, "0:4 Address, 4:4 Length"),
        (typeof(FdStat), 24, "0:1 FileType, 2:2 Flags, 8:8 RightsBase, 16:8 RightsInheriting"),
        (typeof(WasiFileStat), 64, "0:8 Device, 8:8 Inode, 16:1 FileType, 24:8 Links, 32:8 Size, 40:8 AccessTime, 48:8 ModifyTime, 56:8 ChangeTime"),
        (typeof(UnstableFileStat), 56, "0:8 Device, 8:8 Inode, 16:1 FileType, 20:4 Links, 24:8 Size, 32:8 AccessTime, 40:8 ModifyTime, 48:8 ChangeTime"),
        (typeof(Prestat), 8, "0:1 Tag, 4:4 NameLength"),
        (typeof(Dirent), 24, "0:8 Next, 8:8 Inode, 16:4 NameLength, 20:1 FileType"),
        (typeof(Subscription), 48, "0:8 UserData, 8:1 Type, 16:4 Clock, 16:4 Descriptor, 24:8 Timeout, 32:8 Precision, 40:2 ClockFlags"),
        (typeof(UnstableSubscription), 56, "0:8 UserData, 8:1 Type, 16:8 Identifier, 16:4 Descriptor, 24:4 Clock, 32:8 Timeout, 40:8 Precision, 48:2 ClockFlags"),
        (typeof(Event), 32, "0:8 UserData, 8:2 Error, 10:1 Type, 16:8 Bytes, 24:2 Flags"),
    ];

    [Test]
    public void Every_struct_is_laid_out_as_the_document_says([Range(0, 8)] int which)
    {
        (Type type, int size, string fields) = Layouts[which];
        FieldInfo[] actual = type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);
        IEnumerable<string> described = actual.Select(field => string.Create(
            CultureInfo.InvariantCulture,
            $"{field.GetCustomAttribute<FieldOffsetAttribute>()!.Value}:{SizeOf(field.FieldType)} {field.Name}"));
        Assert.That(described, Is.EquivalentTo(fields.Split(", ")), type.Name);
        Assert.That(SizeOf(type), Is.EqualTo(size), type.Name);
    }

    [Test]
    public void All_of_them_are_looked_at() => Assert.That(Layouts, Has.Length.EqualTo(9));

    private static int SizeOf(Type type) => (int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(type).Invoke(null, null)!;
}
