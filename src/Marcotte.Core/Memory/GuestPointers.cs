namespace Marcotte.Core;

/// <summary>An address in a guest's memory at which the guest says a <typeparamref name="T"/> lies. Never trusted.</summary>
/// <typeparam name="T">What lies there; little-endian, as WebAssembly stores it.</typeparam>
/// <param name="Address">Bytes from the start of the memory.</param>
public readonly record struct GuestPtr<T>(uint Address)
    where T : unmanaged;

/// <summary>An address in a guest's memory at which a result is wanted. Never trusted; written only on success.</summary>
/// <typeparam name="T">What is wanted there.</typeparam>
/// <param name="Address">Bytes from the start of the memory.</param>
public readonly record struct GuestOut<T>(uint Address)
    where T : unmanaged;

/// <summary>A string of a guest's, such as a path: an address and a length. Never trusted; UTF-8 only once checked.</summary>
/// <param name="Address">Bytes from the start of the memory.</param>
/// <param name="Length">Bytes.</param>
public readonly record struct GuestText(uint Address, uint Length);

/// <summary>An address and a count: so many <typeparamref name="T"/> in a row in a guest's memory. Never trusted.</summary>
/// <typeparam name="T">The element; <see cref="byte"/> for buffers.</typeparam>
/// <param name="Address">Bytes from the start of the memory.</param>
/// <param name="Count">Elements, not bytes.</param>
public readonly record struct GuestSpan<T>(uint Address, uint Count)
    where T : unmanaged;
