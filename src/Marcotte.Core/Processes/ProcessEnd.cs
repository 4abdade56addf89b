namespace Marcotte.Core;

/// <summary>How a process ended.</summary>
/// <remarks>An ABI, or whoever runs guests, derives from <see cref="SignaledEnd"/> what it knows more.</remarks>
public abstract record ProcessEnd
{
    /// <summary>What its parent is told of it.</summary>
    public abstract WaitStatus Status { get; }
}

/// <summary>It ended by itself.</summary>
/// <param name="Code">Its exit code, all 32 bits; its parent sees the lowest eight.</param>
public sealed record ExitedEnd(uint Code) : ProcessEnd
{
    /// <inheritdoc/>
    public override WaitStatus Status => WaitStatus.Exited(Code);
}

/// <summary>A signal ended it.</summary>
/// <param name="Signal">Which.</param>
public record SignaledEnd(Signal Signal) : ProcessEnd
{
    /// <inheritdoc/>
    public override WaitStatus Status => WaitStatus.Signaled(Signal);
}

/// <summary>Its host ended it.</summary>
/// <param name="Reason">Why.</param>
public sealed record KilledEnd(KillReason Reason) : SignaledEnd(Signal.Kill);

/// <summary>Its policy ended it.</summary>
/// <param name="Syscall">The call, which was not made.</param>
public sealed record DeniedEnd(Syscall Syscall) : SignaledEnd(Signal.BadCall);

/// <summary>Another program takes the place of its own; the process goes on.</summary>
/// <param name="Image">The program to be.</param>
public sealed record ReplacedEnd(ProgramImage Image) : ProcessEnd
{
    /// <inheritdoc/>
    public override WaitStatus Status => throw new InvalidOperationException("A process that takes another program does not end.");

    /// <inheritdoc/>
    public override string ToString() => $"{nameof(ReplacedEnd)} {{ {nameof(Image)} = {Image.Program.Name} }}";
}
