using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Wasmtime;
using Module = Wasmtime.Module;

namespace Marcotte.Abi.Interop;

/// <summary>The native objects behind the .NET package's own, which it keeps to itself.</summary>
/// <remarks>
/// A test asserts that these exist in the version of the package that is referenced. An accessor cannot name a field
/// of a type that is private, hence the reflection, which runs once for a linker of the caller's own.
/// </remarks>
internal static class NativeHandles
{
    internal static SafeHandle Of(Engine engine) => (SafeHandle)EngineHandle(engine);

    internal static SafeHandle Of(Config config) => (SafeHandle)ConfigHandle(config);

    internal static SafeHandle Of(Module module) => (SafeHandle)ModuleHandle(module);

    [DynamicDependency("handle", typeof(Linker))]
    internal static SafeHandle Of(Linker linker) =>
        (SafeHandle)(typeof(Linker).GetField("handle", BindingFlags.Instance | BindingFlags.NonPublic)?.GetValue(linker)
            ?? throw new MissingFieldException(nameof(Linker), "handle"));

    internal static SafeHandle Of(Store store) => (SafeHandle)StoreHandle(store);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_NativeHandle")]
    [return: UnsafeAccessorType("Wasmtime.Engine+Handle, Wasmtime.Dotnet")]
    private static extern object EngineHandle(Engine engine);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_NativeHandle")]
    [return: UnsafeAccessorType("Wasmtime.Config+Handle, Wasmtime.Dotnet")]
    private static extern object ConfigHandle(Config config);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_NativeHandle")]
    [return: UnsafeAccessorType("Wasmtime.Module+Handle, Wasmtime.Dotnet")]
    private static extern object ModuleHandle(Module module);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_NativeHandle")]
    [return: UnsafeAccessorType("Wasmtime.Store+Handle, Wasmtime.Dotnet")]
    private static extern object StoreHandle(Store store);
}
