using Marcotte.Core;

namespace Marcotte.Abi;

/// <summary>
/// Makes a static method a host import. The method's class is partial and marked <see cref="HostImportsAttribute"/>; a
/// source generator adds the native thunk, the WebAssembly signature and the call's metadata.
/// </summary>
/// <remarks>
/// The method takes a <see cref="GuestThread"/>, then optionally a <see cref="GuestMemory"/>, then what the guest passes:
/// <see cref="int"/>, <see cref="uint"/>, enumerations over these and all of the pointer types of Core as i32
/// (<see cref="GuestSpan{T}"/> and <see cref="GuestText"/> as two), <see cref="long"/>, <see cref="ulong"/> and
/// enumerations over these as i64, <see cref="float"/>, <see cref="double"/>. An <see cref="int"/> that is the number of a
/// descriptor is marked <see cref="GuestDescriptorAttribute"/>. It returns nothing, one of these numbers,
/// or an <see cref="Errno"/>, which its ABI's numbers stand for. What it throws ends the guest.
/// </remarks>
/// <param name="module">The import's module.</param>
/// <param name="name">The import's name.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class HostImportAttribute(string module, string name) : Attribute
{
    /// <summary>The import's module.</summary>
    public string Module => module;

    /// <summary>The import's name.</summary>
    public string Name => name;

    /// <summary>How much of the call is there.</summary>
    public SupportLevel Support { get; set; } = SupportLevel.Full;

    /// <summary>The contract without which it can only answer ENOSYS.</summary>
    public Type? Needs { get; set; }

    /// <summary>What the support level leaves to say.</summary>
    public string? Note { get; set; }
}

/// <summary>Marks a static partial class of host imports; the generator adds a property <c>HostImports</c> that lists them.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class HostImportsAttribute : Attribute
{
    /// <summary>
    /// A type with a static method <c>int Encode(Errno)</c> that gives the ABI's number; without it an errno goes out as
    /// Linux's number.
    /// </summary>
    public Type? ErrnoEncoder { get; set; }
}
