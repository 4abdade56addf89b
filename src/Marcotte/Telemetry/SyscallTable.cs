using System.Diagnostics.CodeAnalysis;
using Marcotte.Core;

namespace Marcotte;

/// <summary>The calls that a template's boxes can make, each with a place in arrays of counts.</summary>
internal sealed class SyscallTable
{
    private readonly Dictionary<Syscall, SyscallPlace> _places = new(ReferenceEqualityComparer.Instance);
    private readonly List<SyscallPlace> _all = [];

    internal SyscallTable(IEnumerable<Syscall> syscalls)
    {
        foreach (Syscall syscall in syscalls)
        {
            SyscallPlace place = new(syscall, _all.Count);
            if (_places.TryAdd(syscall, place))
            {
                _all.Add(place);
            }
        }
    }

    internal IReadOnlyList<SyscallPlace> All => _all;

    internal bool TryFind(Syscall syscall, [NotNullWhen(true)] out SyscallPlace? place) => _places.TryGetValue(syscall, out place);
}

/// <summary>A call's place, and where it tells how many bytes it has moved.</summary>
internal sealed class SyscallPlace
{
    // What WASI's specification calls the results of all calls that move bytes, sockets' included.
    private const string BytesRead = "nread";
    private const string BytesWritten = "nwritten";

    internal SyscallPlace(Syscall syscall, int index)
    {
        Name = new SyscallName(syscall.Module, syscall.Name);
        Index = index;
        int value = 0;
        foreach (SyscallParameter parameter in syscall.Parameters)
        {
            if (parameter is { Kind: ParameterKind.Out, Size: 4, Name: BytesRead or BytesWritten })
            {
                CountArgument = value;
                Reads = parameter.Name == BytesRead;
            }

            value += parameter.Width;
        }
    }

    internal SyscallName Name { get; }

    internal int Index { get; }

    /// <summary>Which argument points to the count of bytes; null when the call moves none.</summary>
    internal int? CountArgument { get; }

    internal bool Reads { get; }
}
