namespace Marcotte.Abi;

/// <summary>
/// Marks a parameter of a host import, an <see cref="int"/>, as the number of an open descriptor: the call's metadata says so,
/// and the rules of a policy that are about descriptors see it.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class GuestDescriptorAttribute : Attribute;
