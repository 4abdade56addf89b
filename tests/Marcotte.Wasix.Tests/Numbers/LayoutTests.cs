using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Marcotte.Wasix.Tests;

/// <summary>Every offset and size, against the specification's table (3).</summary>
[TestFixture]
public sealed class LayoutTests
{
    /// <summary>A type, its size, and of each of its fields the offset and the bytes.</summary>
    private static readonly (Type Type, int Size, string Fields)[] Layouts =
    [
        (typeof(StackSnapshot), 24, "0:8 User, 8:8 HashLow, 16:8 HashHigh"),
        (typeof(OptionTimestamp), 16, "0:1 Tag, 8:8 Value"),
        (typeof(OptionPid), 8, "0:1 Tag, 4:4 Value"),
        (typeof(Tty), 24, "0:4 Columns, 4:4 Rows, 8:4 Width, 12:4 Height, 16:1 InputIsTerminal, 17:1 OutputIsTerminal, 18:1 ErrorIsTerminal, 19:1 Echo, 20:1 LineBuffered, 21:1 LineFeeds"),
        (typeof(ProcessHandles), 28, "0:4 ProcessId, 4:8 Input, 12:8 Output, 20:8 Error"),
        (typeof(JoinStatus), 6, "0:1 Tag, 2:2 Code, 2:1 StopSignal, 4:1 Signal"),
        (typeof(SignalDisposition), 2, "0:1 Signal, 1:1 Disposition"),
        (typeof(SpawnOperation), 56, "0:1 Command, 4:4 Descriptor, 8:4 Source, 12:4 PathAddress, 16:4 PathLength, 20:4 LookupFlags, 24:2 OpenFlags, 32:8 RightsBase, 40:8 RightsInheriting, 48:2 StatusFlags, 50:2 ExtendedFlags"),
        (typeof(PollerEvent), 32, "0:4 Events, 8:8 First, 16:8 Second, 24:8 Third"),
    ];

    [Test]
    public void Every_struct_is_laid_out_as_the_specification_says([Range(0, 8)] int which)
    {
        (Type type, int size, string fields) = Layouts[which];
        FieldInfo[] actual = type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);
        IEnumerable<string> described = actual.Select(field => string.Create(
            CultureInfo.InvariantCulture,
            $"{field.GetCustomAttribute<FieldOffsetAttribute>()!.Value}:{SizeOf(field.FieldType)} {field.Name}"));
        Assert.That(described, Is.EquivalentTo(fields.Split(", ")), type.Name);
        Assert.That(SizeOf(type), Is.EqualTo(size), type.Name);
    }

    private static int SizeOf(Type type) => (int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(type).Invoke(null, null)!;
}
