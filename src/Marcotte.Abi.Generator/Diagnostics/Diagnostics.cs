using Microsoft.CodeAnalysis;

namespace Marcotte.Abi.Generator;

/// <summary>What can be wrong with host imports. Each message names the thing and the remedy.</summary>
internal static class Diagnostics
{
    public static readonly DiagnosticDescriptor ClassCannotHoldImports = Error(
        "MAR001",
        "Class cannot hold host imports",
        "Class '{0}' is marked [HostImports] but {1}: {2}");

    public static readonly DiagnosticDescriptor ClassIsNotMarked = Error(
        "MAR002",
        "Host import in a class that is not marked",
        "Method '{0}' is marked [HostImport] but its class '{1}' is not marked [HostImports], so no thunk is made for it: mark the class [HostImports]");

    public static readonly DiagnosticDescriptor MethodCannotBeImported = Error(
        "MAR003",
        "Method cannot be a host import",
        "Method '{0}' is marked [HostImport] but {1}: {2}");

    public static readonly DiagnosticDescriptor ThreadIsNotFirst = Error(
        "MAR004",
        "First parameter is not the guest's thread",
        "Host import '{0}' does not take the calling thread: make 'GuestThread' its first parameter");

    public static readonly DiagnosticDescriptor ParameterTypeIsUnsupported = Error(
        "MAR005",
        "Parameter type of a host import is unsupported",
        "Parameter '{0}' of host import '{1}' is of type '{2}', which a guest cannot pass: {3}");

    public static readonly DiagnosticDescriptor ParameterIsByReference = Error(
        "MAR006",
        "Parameter of a host import is passed by reference",
        "Parameter '{0}' of host import '{1}' is passed by '{2}', but a guest passes values only: pass it by value, or take a 'GuestPtr<T>' for what is read and a 'GuestOut<T>' for what is written");

    public static readonly DiagnosticDescriptor ReturnTypeIsUnsupported = Error(
        "MAR007",
        "Return type of a host import is unsupported",
        "Host import '{0}' returns '{1}', which a guest cannot take: return void, Errno, int, uint, long, ulong, float or double, and write anything else through a 'GuestOut<T>'");

    public static readonly DiagnosticDescriptor ImportIsDuplicate = Error(
        "MAR008",
        "Host import is offered twice",
        "Import '{0}' '{1}' is offered by method '{2}' already: remove one of the two, or give it another module or name");

    public static readonly DiagnosticDescriptor ImportHasNoName = Error(
        "MAR009",
        "Host import has no module or no name",
        "The [HostImport] of method '{0}' has an empty {1}: write the {1} that guests import");

    public static readonly DiagnosticDescriptor ErrnoEncoderHasNoEncode = Error(
        "MAR010",
        "Errno encoder cannot encode",
        "The ErrnoEncoder '{0}' of class '{1}' has no method that the class can call as 'static int Encode(Errno)': add it, or leave ErrnoEncoder out so that Linux's numbers go out");

    public static readonly DiagnosticDescriptor NeedIsNoContract = new(
        "MAR011",
        "What a host import needs is no layer contract",
        "'{0}', which host import '{1}' needs, has no [LayerContract], so an error about its absence cannot name the layer to add: mark it [LayerContract], or name one of the contracts in Marcotte.Core",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true);

    public static readonly DiagnosticDescriptor UnsafeCodeIsOff = Error(
        "MAR012",
        "Thunks are unsafe code",
        "Class '{0}' holds host imports, whose thunks are unsafe code: set <AllowUnsafeBlocks>true</AllowUnsafeBlocks> in the project");

    public static readonly DiagnosticDescriptor NameIsTaken = Error(
        "MAR013",
        "Name of a generated member is taken",
        "Class '{0}' has a member '{1}', which is the name of a member that is generated for [HostImports]: rename it");

    private const string Category = "Marcotte.HostImports";

    private static DiagnosticDescriptor Error(string id, string title, string message) =>
        new(id, title, message, Category, DiagnosticSeverity.Error, isEnabledByDefault: true);
}
