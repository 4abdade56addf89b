namespace Marcotte.Core;

/// <summary>Something that a rule of a policy has found; a record for each kind. A layer may have kinds of its own.</summary>
/// <param name="Origin">When and where.</param>
/// <param name="Rule">The rule, as in <c>deny sock_*</c>.</param>
public abstract record AuditEvent(AuditOrigin Origin, string Rule)
{
    /// <summary>Whether the guest was refused what it asked for.</summary>
    public abstract bool IsDenial { get; }
}

/// <summary>When and where something was found.</summary>
/// <param name="Time">When, by the sink's <see cref="AuditSink.TimeProvider"/>.</param>
/// <param name="Box">The box's number (<see cref="Kernel.Id"/>).</param>
/// <param name="Name">The box's name, when it has one.</param>
/// <param name="Process">The process's number.</param>
/// <param name="Thread">The thread's number; null where only the process is known.</param>
public sealed record AuditOrigin(DateTimeOffset Time, long Box, string? Name, int Process, int? Thread);

/// <summary>A host call as an event keeps it.</summary>
/// <param name="Syscall">Which.</param>
/// <param name="Arguments">The WebAssembly values it was called with, floating-point ones as their bits.</param>
/// <param name="Texts">
/// Strings that the arguments point to, such as paths, as the guest wrote them: not resolved, cut to 256 bytes, what is no
/// UTF-8 replaced. They are read after the call, so that a guest with several threads may have changed them.
/// </param>
public sealed record AuditedCall(Syscall Syscall, IReadOnlyList<ulong> Arguments, IReadOnlyList<string> Texts);

/// <summary>A call was refused, whatever it was called with.</summary>
/// <param name="Origin">When and where.</param>
/// <param name="Rule">The rule.</param>
/// <param name="Call">The call, which was not made.</param>
/// <param name="Errno">What it answered; null when the guest was ended instead.</param>
public sealed record SyscallDenied(AuditOrigin Origin, string Rule, AuditedCall Call, Errno? Errno) : AuditEvent(Origin, Rule)
{
    /// <inheritdoc/>
    public override bool IsDenial => true;
}

/// <summary>A call that is observed has completed.</summary>
/// <param name="Origin">When and where.</param>
/// <param name="Rule">The rule.</param>
/// <param name="Call">The call.</param>
/// <param name="Errno">What it answered, <see cref="Errno.Success"/> for a call that answers no errno; null when it ended the guest.</param>
public sealed record SyscallObserved(AuditOrigin Origin, string Rule, AuditedCall Call, Errno? Errno) : AuditEvent(Origin, Rule)
{
    /// <inheritdoc/>
    public override bool IsDenial => false;
}

/// <summary>A call was refused for a descriptor that it was called with.</summary>
/// <param name="Origin">When and where.</param>
/// <param name="Rule">The rule.</param>
/// <param name="Call">The call, which was not made.</param>
/// <param name="File">The descriptor.</param>
/// <param name="Errno">What it answered; null when the guest was ended instead.</param>
public sealed record DescriptorDenied(AuditOrigin Origin, string Rule, AuditedCall Call, AuditedDescriptor File, Errno? Errno)
    : AuditEvent(Origin, Rule)
{
    /// <inheritdoc/>
    public override bool IsDenial => true;
}

/// <summary>A call with a descriptor that is observed has completed.</summary>
/// <param name="Origin">When and where.</param>
/// <param name="Rule">The rule.</param>
/// <param name="Call">The call.</param>
/// <param name="File">The descriptor.</param>
/// <param name="Errno">What it answered; null when it ended the guest.</param>
public sealed record DescriptorObserved(AuditOrigin Origin, string Rule, AuditedCall Call, AuditedDescriptor File, Errno? Errno)
    : AuditEvent(Origin, Rule)
{
    /// <inheritdoc/>
    public override bool IsDenial => false;
}

/// <summary>A descriptor as an event keeps it.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Type">The kind of file it was for when the call began.</param>
public sealed record AuditedDescriptor(int Number, FileType Type);

/// <summary>A path led to where a rule forbids what was asked for.</summary>
/// <param name="Origin">When and where.</param>
/// <param name="Rule">The rule.</param>
/// <param name="Path">The path.</param>
/// <param name="Verbs">What was asked for and is denied.</param>
/// <param name="Errno">What was answered.</param>
public sealed record PathDenied(AuditOrigin Origin, string Rule, AuditedPath Path, PathVerbs Verbs, Errno Errno) : AuditEvent(Origin, Rule)
{
    /// <inheritdoc/>
    public override bool IsDenial => true;
}

/// <summary>A path led to where a rule observes what was asked for. It is told before it is done.</summary>
/// <param name="Origin">When and where.</param>
/// <param name="Rule">The rule.</param>
/// <param name="Path">The path.</param>
/// <param name="Verbs">What was asked for and is observed.</param>
public sealed record PathObserved(AuditOrigin Origin, string Rule, AuditedPath Path, PathVerbs Verbs) : AuditEvent(Origin, Rule)
{
    /// <inheritdoc/>
    public override bool IsDenial => false;
}

/// <summary>A path as an event keeps it.</summary>
/// <param name="Guard">The path of the rule at or beneath which the file lies, whatever way led there.</param>
/// <param name="Asked">The path as the guest wrote it, relative to wherever it began; what is no UTF-8 is replaced.</param>
public sealed record AuditedPath(string Guard, string Asked);
