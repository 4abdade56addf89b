namespace Marcotte.Core;

/// <summary>What makes a file a terminal (termios, TIOC*); <see cref="FileOperations.Terminal"/> tells of it.</summary>
/// <remarks>Errors are those of POSIX's tc* functions and Linux's tty_ioctl.</remarks>
public abstract class Terminal
{
    /// <summary>Its settings (tcgetattr).</summary>
    public abstract TerminalSettings Settings { get; }

    /// <summary>Its window (TIOCGWINSZ).</summary>
    public abstract WindowSize Window { get; }

    /// <summary>The session it controls; 0 for none.</summary>
    public abstract int Session { get; }

    /// <summary>The group that may read from it; 0 for none.</summary>
    public abstract int ForegroundGroup { get; }

    /// <summary>Its number among the box's terminals, the N of /dev/pts/N (TIOCGPTN); -1 for one that has none.</summary>
    public virtual int Number => -1;

    /// <summary>Its path (ttyname, ptsname); empty for one that has none.</summary>
    public virtual ReadOnlyMemory<byte> Path => default;

    /// <summary>Bytes that can be read now (FIONREAD).</summary>
    public abstract int Readable { get; }

    /// <summary>Changes its settings (tcsetattr).</summary>
    /// <param name="process">Who asks; <see cref="Attend"/> was asked before.</param>
    /// <param name="settings">The new ones.</param>
    /// <param name="flush">Whether what was typed and not read is thrown away (TCSAFLUSH).</param>
    /// <returns>The outcome.</returns>
    public abstract Errno SetSettings(Process process, in TerminalSettings settings, bool flush);

    /// <summary>Changes its window (TIOCSWINSZ); the foreground group gets SIGWINCH when it is another one.</summary>
    /// <param name="size">The new one.</param>
    public abstract void SetWindow(WindowSize size);

    /// <summary>Makes it control the caller's session (TIOCSCTTY).</summary>
    /// <param name="process">Who asks: a session's leader without a terminal.</param>
    /// <returns><see cref="Errno.Perm"/>.</returns>
    public abstract Errno Control(Process process);

    /// <summary>Makes it control the caller no more (TIOCNOTTY).</summary>
    /// <param name="process">Who asks.</param>
    /// <returns><see cref="Errno.NoTty"/> when it does not.</returns>
    public abstract Errno GiveUp(Process process);

    /// <summary>Changes which group may read from it (tcsetpgrp).</summary>
    /// <param name="process">Who asks; <see cref="Attend"/> was asked before.</param>
    /// <param name="group">A group of the same session.</param>
    /// <returns><see cref="Errno.NoTty"/>, <see cref="Errno.Perm"/>, <see cref="Errno.Inval"/>.</returns>
    public abstract Errno SetForegroundGroup(Process process, int group);

    /// <summary>Throws away what was not read or written yet (tcflush).</summary>
    /// <param name="input">What was typed.</param>
    /// <param name="output">What was written.</param>
    public abstract void Flush(bool input, bool output);

    /// <summary>
    /// Sees whether a thread may read from it, or write to it or change it, and stops its group when not (job control). An ABI asks before each such call.
    /// </summary>
    /// <param name="thread">The calling thread.</param>
    /// <param name="reads">Whether it is to read.</param>
    /// <returns>Success when it may; <see cref="Errno.IO"/> for an orphaned group, <see cref="Errno.Intr"/> after a signal was handled.</returns>
    /// <remarks>A write stops only where TOSTOP is set; for what changes the terminal see <see cref="AttendChange"/>.</remarks>
    public abstract Errno Attend(GuestThread thread, bool reads);

    /// <summary>As <see cref="Attend"/>, of a thread that is to change settings or the foreground group: TOSTOP does not count.</summary>
    /// <param name="thread">The calling thread.</param>
    /// <returns>As <see cref="Attend"/>.</returns>
    public virtual Errno AttendChange(GuestThread thread) => Attend(thread, reads: false);

    /// <summary>Stops or starts its output, or types STOP or START to its other side (tcflow).</summary>
    /// <param name="action">Which of them.</param>
    /// <returns>The outcome.</returns>
    public virtual Errno Flow(FlowAction action) => Errno.NoSys;
}

/// <summary>What tcflow does, by its numbers.</summary>
public enum FlowAction
{
    /// <summary>TCOOFF: what programs write is held.</summary>
    StopOutput = 0,

    /// <summary>TCOON: it goes on, wherever <see cref="StopOutput"/> held it.</summary>
    StartOutput = 1,

    /// <summary>TCIOFF: the STOP character goes to the other side.</summary>
    SendStop = 2,

    /// <summary>TCION: the START character does.</summary>
    SendStart = 3,
}

/// <summary>A terminal's window (struct winsize).</summary>
/// <param name="Rows">Rows of characters.</param>
/// <param name="Columns">Characters in a row.</param>
/// <param name="Width">Pixels; 0 when unknown.</param>
/// <param name="Height">Pixels; 0 when unknown.</param>
public readonly record struct WindowSize(ushort Rows, ushort Columns, ushort Width = 0, ushort Height = 0)
{
    /// <summary>24 rows of 80.</summary>
    public static WindowSize Default { get; } = new(24, 80);
}

/// <summary>A terminal's settings, by Linux's bits (struct termios).</summary>
/// <param name="Input">c_iflag.</param>
/// <param name="Output">c_oflag.</param>
/// <param name="Control">c_cflag, the speed among it.</param>
/// <param name="Local">c_lflag.</param>
/// <param name="Characters">c_cc, by Linux's indices.</param>
public readonly record struct TerminalSettings(uint Input, uint Output, uint Control, uint Local, ControlCharacters Characters);

/// <summary>The special characters of a terminal (c_cc).</summary>
[System.Runtime.CompilerServices.InlineArray(19)]
public struct ControlCharacters : IEquatable<ControlCharacters>
{
    private byte _first;

    /// <summary>Whether both are the same.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>True when they are.</returns>
    public static bool operator ==(ControlCharacters left, ControlCharacters right) => left.Equals(right);

    /// <summary>Whether they differ.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>True when they do.</returns>
    public static bool operator !=(ControlCharacters left, ControlCharacters right) => !left.Equals(right);

    /// <inheritdoc/>
    public readonly bool Equals(ControlCharacters other) => ((ReadOnlySpan<byte>)this).SequenceEqual(other);

    /// <inheritdoc/>
    public override readonly bool Equals(object? obj) => obj is ControlCharacters other && Equals(other);

    /// <inheritdoc/>
    public override readonly int GetHashCode()
    {
        HashCode hash = default;
        hash.AddBytes(this);
        return hash.ToHashCode();
    }
}
