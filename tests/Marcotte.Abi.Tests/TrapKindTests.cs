namespace Marcotte.Abi.Tests;

internal sealed class TrapKindTests
{
    public static IEnumerable<GuestTrapKind> Kinds() => Enum.GetValues<GuestTrapKind>().Where(kind => kind != GuestTrapKind.Host);

    [TestCaseSource(nameof(Kinds))]
    public void A_kind_has_the_number_of_Wasmtimes_trap_code_of_that_name(GuestTrapKind kind) =>
        Assert.That((int)Enum.Parse<Wasmtime.TrapCode>(kind.ToString()), Is.EqualTo((int)kind));
}
