using Marcotte.Abi;
using Marcotte.Core;
using Marcotte.Wasi;

namespace Marcotte.Wasix;

/// <summary>Dynamic linking and reflection: <c>dl*</c>, <c>closure_*</c>, <c>call_dynamic</c>, <c>reflect_signature</c>.</summary>
[HostImports(ErrnoEncoder = typeof(WasiErrno))]
internal static partial class Linking
{
    private const string Absent = "Modules are linked before they run: ENOSYS.";

    /// <summary>dl_invalid_handle: whether a library is not loaded; none is.</summary>
    /// <returns><see cref="Errno.Inval"/>.</returns>
    [HostImport(WasixModules.Core, "dl_invalid_handle", Support = SupportLevel.Refused, Note = "No library is ever loaded: EINVAL.")]
    internal static Errno DlInvalidHandle(GuestThread thread, uint handle)
    {
        _ = thread;
        _ = handle;
        return Errno.Inval;
    }

    /// <summary>dlopen: loads a library.</summary>
    /// <returns><see cref="Errno.NoSys"/>.</returns>
    [HostImport(WasixModules.Core, "dlopen", Support = SupportLevel.Refused, Note = Absent)]
    internal static Errno Dlopen(GuestThread thread, GuestMemory memory, GuestText path, uint flags, GuestSpan<byte> errBuf, GuestText ldLibraryPath, GuestOut<uint> handle)
    {
        _ = thread;
        _ = memory;
        _ = path;
        _ = flags;
        _ = errBuf;
        _ = ldLibraryPath;
        _ = handle;
        return Errno.NoSys;
    }

    /// <summary>dlsym: finds a symbol of a library.</summary>
    /// <returns><see cref="Errno.NoSys"/>.</returns>
    [HostImport(WasixModules.Core, "dlsym", Support = SupportLevel.Refused, Note = Absent)]
    internal static Errno Dlsym(GuestThread thread, GuestMemory memory, uint handle, GuestText symbol, GuestSpan<byte> errBuf, GuestOut<uint> address)
    {
        _ = thread;
        _ = memory;
        _ = handle;
        _ = symbol;
        _ = errBuf;
        _ = address;
        return Errno.NoSys;
    }

    /// <summary>call_dynamic: calls a function by its number.</summary>
    /// <returns><see cref="Errno.NoSys"/>.</returns>
    [HostImport(WasixModules.Core, "call_dynamic", Support = SupportLevel.Refused, Note = Absent)]
    internal static Errno CallDynamic(GuestThread thread, GuestMemory memory, uint functionId, GuestSpan<byte> values, GuestSpan<byte> results, uint strict)
    {
        _ = thread;
        _ = memory;
        _ = functionId;
        _ = values;
        _ = results;
        _ = strict;
        return Errno.NoSys;
    }

    /// <summary>closure_prepare: makes a function of a type known only now.</summary>
    /// <returns><see cref="Errno.NoSys"/>.</returns>
    [HostImport(WasixModules.Core, "closure_prepare", Support = SupportLevel.Refused, Note = Absent)]
    internal static Errno ClosurePrepare(GuestThread thread, GuestMemory memory, uint backingFunctionId, uint closureId, GuestSpan<byte> argumentTypes, GuestSpan<byte> resultTypes, GuestOut<byte> userData)
    {
        _ = thread;
        _ = memory;
        _ = backingFunctionId;
        _ = closureId;
        _ = argumentTypes;
        _ = resultTypes;
        _ = userData;
        return Errno.NoSys;
    }

    /// <summary>closure_allocate: takes a number for a function.</summary>
    /// <returns><see cref="Errno.NoSys"/>.</returns>
    [HostImport(WasixModules.Core, "closure_allocate", Support = SupportLevel.Refused, Note = Absent)]
    internal static Errno ClosureAllocate(GuestThread thread, GuestMemory memory, GuestOut<uint> functionPointer)
    {
        _ = thread;
        _ = memory;
        _ = functionPointer;
        return Errno.NoSys;
    }

    /// <summary>closure_free: gives it back.</summary>
    /// <returns><see cref="Errno.NoSys"/>.</returns>
    [HostImport(WasixModules.Core, "closure_free", Support = SupportLevel.Refused, Note = Absent)]
    internal static Errno ClosureFree(GuestThread thread, uint closureId)
    {
        _ = thread;
        _ = closureId;
        return Errno.NoSys;
    }

    /// <summary>reflect_signature: the type of a function.</summary>
    /// <returns><see cref="Errno.NoSys"/>.</returns>
    [HostImport(WasixModules.Core, "reflect_signature", Support = SupportLevel.Refused, Note = Absent)]
    internal static Errno ReflectSignature(GuestThread thread, GuestMemory memory, uint functionId, GuestSpan<byte> argumentTypes, GuestSpan<byte> resultTypes, GuestOut<byte> result)
    {
        _ = thread;
        _ = memory;
        _ = functionId;
        _ = argumentTypes;
        _ = resultTypes;
        _ = result;
        return Errno.NoSys;
    }
}
