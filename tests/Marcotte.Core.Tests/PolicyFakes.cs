namespace Marcotte.Core.Tests;

/// <summary>A small surface for policies.</summary>
internal static class Surface
{
    internal static IReadOnlyList<Syscall> All { get; } =
    [
        Call("one", "fd_read", ParameterKind.Descriptor),
        Call("two", "fd_read", ParameterKind.Descriptor),
        Call("one", "fd_write", ParameterKind.Descriptor),
        Call("one", "fd_renumber", ParameterKind.Descriptor, ParameterKind.Descriptor),
        Call("one", "sock_send", ParameterKind.Descriptor),
        Call("one", "path_open", ParameterKind.Text),
        Call("one", "exit", ResultKind.None, ParameterKind.Unsigned),
    ];

    internal static Syscall Get(string name, string module = "one") => All.First(call => call.Name == name && call.Module == module);

    /// <summary>A thread whose process has two pipes open.</summary>
    internal static GuestThread Thread()
    {
        GuestThread thread = Make.Thread();
        thread.Process.Descriptors.Add(Make.Descriptor(), out _);
        thread.Process.Descriptors.Add(Make.Descriptor(), out _);
        return thread;
    }

    private static Syscall Call(string module, string name, params ParameterKind[] kinds) => Call(module, name, ResultKind.Errno, kinds);

    private static Syscall Call(string module, string name, ResultKind result, params ParameterKind[] kinds) =>
        new(module, name, [.. kinds.Select(kind => new SyscallParameter("p", kind, 4))], result, SupportLevel.Full, null, null);
}

/// <summary>Keeps all events.</summary>
internal sealed class AuditList(TimeProvider? time = null) : AuditSink
{
    internal List<AuditEvent> Events { get; } = [];

    public override TimeProvider TimeProvider => time ?? base.TimeProvider;

    public override void Write(AuditEvent audited) => Events.Add(audited);
}
