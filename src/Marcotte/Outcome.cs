using Marcotte.Abi;
using Marcotte.Core;

namespace Marcotte;

/// <summary>How a box ended.</summary>
/// <param name="Usage">What it used.</param>
public abstract record Outcome(BoxUsage Usage)
{
    /// <summary>The exit code a shell would show for it.</summary>
    public abstract int ExitCode { get; }

    /// <summary>Whether the program ended by itself with code 0.</summary>
    public bool IsSuccess => this is Exited { Code: 0 };

    /// <summary>
    /// What metrics and traces call it: <c>exited</c> (with code 0), <c>failed</c> (with another code), <c>trapped</c>,
    /// <c>host_error</c> (a host call failed), <c>killed</c>, <c>signaled</c> (a signal of the box's own ended it), <c>timed_out</c>, <c>out_of_fuel</c> or <c>out_of_memory</c>.
    /// </summary>
    public string Kind => this switch
    {
        Exited { Code: 0 } => "exited",
        Exited => "failed",
        Trapped { Cause: not null } => "host_error",
        Trapped => "trapped",
        TimedOut => "timed_out",
        OutOfFuel => "out_of_fuel",
        OutOfMemory => "out_of_memory",
        Signaled => "signaled",
        _ => "killed",
    };

    /// <summary>Throws unless the program ended by itself with code 0.</summary>
    /// <returns>This outcome.</returns>
    /// <exception cref="BoxFailedException">It did not.</exception>
    public Outcome EnsureSuccess() => IsSuccess ? this : throw new BoxFailedException(this);

    internal static Outcome Of(ProcessEnd end, BoxUsage usage, Limits limits) => end switch
    {
        ExitedEnd exited => new Exited((int)exited.Code, usage),
        KilledEnd { Reason: KillReason.TimedOut } => new TimedOut(usage),
        KilledEnd => new Killed(usage),
        DeniedEnd denied => new Killed(usage) { Denied = denied.Syscall },
        GuestRefused => new OutOfMemory(null, usage),
        GuestFault { Cause: { } cause } fault => new Trapped(fault.Trap, cause, usage),
        GuestFault { Trap: { Kind: GuestTrapKind.OutOfFuel } trap } => new OutOfFuel(trap, usage),
        GuestFault { Trap: { Kind: GuestTrapKind.Unreachable } trap } when IsNear(usage.MemoryBytes, limits.MemoryBytes) => new OutOfMemory(trap, usage),
        GuestFault fault => new Trapped(fault.Trap, null, usage),
        _ => new Signaled(end.Status.Signal, usage),
    };

    private static bool IsNear(long bytes, long limit) => bytes > limit - Math.Max(limit / 16, 64 * 1024);
}

/// <summary>The program ended by itself.</summary>
/// <param name="Code">The code it gave, all 32 bits; 0 when its main function returned.</param>
/// <param name="Usage">What it used.</param>
public sealed record Exited(int Code, BoxUsage Usage) : Outcome(Usage)
{
    /// <inheritdoc/>
    public override int ExitCode => Code;
}

/// <summary>The program did what WebAssembly forbids, or a host call failed in a way that is no errno.</summary>
/// <param name="Trap">What happened, and where in the program.</param>
/// <param name="Cause">The exception, when a host call failed.</param>
/// <param name="Usage">What it used.</param>
public sealed record Trapped(GuestTrap Trap, Exception? Cause, BoxUsage Usage) : Outcome(Usage)
{
    /// <inheritdoc/>
    public override int ExitCode => 134;
}

/// <summary>The host ended it, or its policy did.</summary>
/// <param name="Usage">What it used.</param>
public sealed record Killed(BoxUsage Usage) : Outcome(Usage)
{
    /// <summary>The call that its policy ended it for; null when the host asked for its end.</summary>
    public Syscall? Denied { get; init; }

    /// <inheritdoc/>
    /// <remarks>137 as after SIGKILL, 159 as after SIGSYS when its policy ended it.</remarks>
    public override int ExitCode => Denied is null ? 137 : 159;
}

/// <summary>A signal ended it that came out of the box.</summary>
/// <param name="Signal">The signal.</param>
/// <param name="Usage">What it used.</param>
public sealed record Signaled(Signal Signal, BoxUsage Usage) : Outcome(Usage)
{
    /// <inheritdoc/>
    public override int ExitCode => 128 + (int)Signal;
}

/// <summary>Its time was over.</summary>
/// <param name="Usage">What it used.</param>
public sealed record TimedOut(BoxUsage Usage) : Outcome(Usage)
{
    /// <inheritdoc/>
    public override int ExitCode => 124;
}

/// <summary>Its fuel ran out.</summary>
/// <param name="Trap">Where in the program.</param>
/// <param name="Usage">What it used.</param>
public sealed record OutOfFuel(GuestTrap Trap, BoxUsage Usage) : Outcome(Usage)
{
    /// <inheritdoc/>
    public override int ExitCode => 137;
}

/// <summary>
/// It asked for more memory, memories or table elements than its limits at the start, or gave up (<c>unreachable</c>) with its memory within a sixteenth
/// of the limit.
/// </summary>
/// <param name="Trap">Where in the program; null when it could not start.</param>
/// <param name="Usage">What it used.</param>
public sealed record OutOfMemory(GuestTrap? Trap, BoxUsage Usage) : Outcome(Usage)
{
    /// <inheritdoc/>
    public override int ExitCode => 137;
}

/// <summary>What a box used.</summary>
/// <param name="Elapsed">Real time from start to end.</param>
/// <param name="Syscalls">Host calls made.</param>
/// <param name="MemoryBytes">Guest memory at the end.</param>
/// <param name="Fuel">Fuel used; null when it was not metered.</param>
public sealed record BoxUsage(TimeSpan Elapsed, long Syscalls, long MemoryBytes, ulong? Fuel);

/// <summary>A box did not end with success.</summary>
public sealed class BoxFailedException : Exception
{
    internal BoxFailedException(Outcome outcome)
        : base(Describe(outcome), (outcome as Trapped)?.Cause) => Outcome = outcome;

    /// <summary>How it ended.</summary>
    public Outcome Outcome { get; }

    private static string Describe(Outcome outcome) => outcome switch
    {
        Exited exited => $"The program exited with code {exited.Code}.",
        Trapped trapped => $"The program trapped: {trapped.Trap}",
        TimedOut => "The program's time was over.",
        OutOfFuel => "The program's fuel ran out.",
        OutOfMemory => "The program ran out of memory.",
        Killed { Denied: { } call } => $"The program was ended by its policy, which denies {call.Module}.{call.Name}.",
        Signaled signaled => $"The program was ended by signal {(int)signaled.Signal}.",
        _ => "The program was ended by its host.",
    };
}
