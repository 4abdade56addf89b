using Marcotte.Core;

namespace Marcotte.Processes;

/// <content>Terminals.</content>
internal sealed partial class AnonymousFileTable
{
    private readonly Lock _terminalLock = new();
    private Tty?[] _terminals = [];

    public override Errno PseudoTerminal(Kernel box, WindowSize size, out OpenFile? master, out OpenFile? terminal)
    {
        master = terminal = null;
        Errno errno = MakeTerminal(box, size, Credentials.Root, out Tty? tty);
        if (errno != Errno.Success)
        {
            return errno;
        }

        tty!.Open();
        master = new OpenFile(new PersonEnd(tty), AccessModes.ReadWrite);
        terminal = new OpenFile(new ProgramEnd(tty), AccessModes.ReadWrite);
        return Errno.Success;
    }

    public override SpecialFile? TerminalMaker => new TerminalMaker(this);

    public override SpecialFile? TerminalFile(int number)
    {
        Tty?[] terminals = Volatile.Read(ref _terminals);
        return (uint)number < (uint)terminals.Length && terminals[number] is { IsHungUp: false } tty ? new TerminalNode(tty) : null;
    }

    public override SpecialFile? ControllingTerminal(Process process) =>
        kernel.Processes.Session(process.Id, out int session) == Errno.Success && FindTerminal(session) is { } tty ? new TerminalNode(tty) : null;

    /// <summary>Makes a terminal that neither end of is open.</summary>
    internal Errno MakeTerminal(Kernel box, WindowSize size, Credentials owner, out Tty? tty)
    {
        tty = null;
        lock (_terminalLock)
        {
            int number = Array.IndexOf(_terminals, null);
            number = number < 0 ? _terminals.Length : number;
            if (number >= box.Limits.Terminals)
            {
                return Errno.NoSpc;
            }

            tty = new Tty(this, box, number, size) { Owner = owner };
            Tty?[] terminals = [.. _terminals];
            Array.Resize(ref terminals, Math.Max(terminals.Length, number + 1));
            terminals[number] = tty;
            Volatile.Write(ref _terminals, terminals);
        }

        return Errno.Success;
    }

    /// <summary>The terminal that controls a session. Takes no lock, since terminals ask under their own.</summary>
    internal Tty? FindTerminal(int session) =>
        session == 0 ? null : Array.Find(Volatile.Read(ref _terminals), tty => tty?.Session == session);

    internal void Remove(Tty tty)
    {
        lock (_terminalLock)
        {
            Volatile.Write(ref _terminals, [.. _terminals.Select(other => ReferenceEquals(other, tty) ? null : other)]);
        }
    }
}
