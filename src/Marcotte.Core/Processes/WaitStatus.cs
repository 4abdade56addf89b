namespace Marcotte.Core;

/// <summary>What a parent is told of a child.</summary>
public enum ChildState : byte
{
    /// <summary>It ended by itself.</summary>
    Exited,

    /// <summary>A signal ended it.</summary>
    Signaled,

    /// <summary>A signal stopped it.</summary>
    Stopped,

    /// <summary>It goes on.</summary>
    Continued,
}

/// <summary>A child's state with the code or signal that belongs to it.</summary>
/// <param name="State">The state.</param>
/// <param name="Code">The exit code's lowest eight bits.</param>
/// <param name="Signal">What ended or stopped it.</param>
public readonly record struct WaitStatus(ChildState State, byte Code, Signal Signal)
{
    /// <summary>It goes on.</summary>
    public static WaitStatus Continued => new(ChildState.Continued, 0, Signal.Continue);

    /// <summary>The status word of Linux's wait: what WEXITSTATUS and its like take apart.</summary>
    public int Word => State switch
    {
        ChildState.Exited => Code << 8,
        ChildState.Signaled => (int)Signal,
        ChildState.Stopped => ((int)Signal << 8) | 0x7F,
        _ => 0xFFFF,
    };

    /// <summary>It ended by itself.</summary>
    /// <param name="code">Its exit code, of which eight bits are told.</param>
    /// <returns>The status.</returns>
    public static WaitStatus Exited(uint code) => new(ChildState.Exited, (byte)code, Signal.None);

    /// <summary>A signal ended it.</summary>
    /// <param name="signal">Which.</param>
    /// <returns>The status.</returns>
    public static WaitStatus Signaled(Signal signal) => new(ChildState.Signaled, 0, signal);

    /// <summary>A signal stopped it.</summary>
    /// <param name="signal">Which.</param>
    /// <returns>The status.</returns>
    public static WaitStatus Stopped(Signal signal) => new(ChildState.Stopped, 0, signal);
}
