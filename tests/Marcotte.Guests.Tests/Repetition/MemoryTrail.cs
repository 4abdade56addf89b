using System.Security.Cryptography;
using Marcotte.Core;

namespace Marcotte.Guests.Tests;

/// <summary>Hashes the guest's memory every so many calls: what calls gave the guest that no trace tells of shows there.</summary>
internal sealed class MemoryTrail : SyscallObserver
{
    private const int Interval = 400;

    private readonly List<string> _hashes = [];
    private int _calls;

    internal string Hashes => string.Join('\n', _hashes);

    public override SyscallDecision Entering(in SyscallEntry call) => SyscallDecision.Observe;

    public override unsafe void Completed(in SyscallEvent call)
    {
        if (_calls++ % Interval == 0)
        {
            LinearMemory memory = call.Thread.Memory;
            _hashes.Add(Convert.ToHexString(SHA256.HashData(new ReadOnlySpan<byte>(memory.Base, checked((int)memory.Length)))));
        }
    }
}
