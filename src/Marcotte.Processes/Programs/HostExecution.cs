using Marcotte.Core;

namespace Marcotte.Processes;

/// <summary>The one thread of a program of the host's.</summary>
internal sealed class HostExecution : Execution
{
    private readonly Func<HostContext, int> _main;
    private readonly Dictionary<Signal, Action<Signal>> _handlers = [];

    internal HostExecution(Process process, Func<HostContext, int> main)
    {
        _main = main;
        Thread = new GuestThread(process, process.Id, new NoMemory()) { Execution = this };
    }

    public override GuestThread Thread { get; }

    public override bool AcceptsSignals => true;

    public override ProcessEnd? Run()
    {
        try
        {
            Thread.ThrowIfKilled();
            return new ExitedEnd((uint)_main(new HostContext(this)));
        }
        catch (ProcessExitException exit)
        {
            return new ExitedEnd(exit.Code);
        }
        catch (ImageReplacedException replaced)
        {
            return new ReplacedEnd(replaced.Image);
        }
        catch (GuestUnwindException)
        {
            return null;
        }
        catch (OperationCanceledException) when (Thread.IsKilled)
        {
            return null;
        }
        catch (Exception exception)
        {
            return new HostProgramFault(exception);
        }
    }

    public override void Deliver(Signal signal)
    {
        if (_handlers.TryGetValue(signal, out Action<Signal>? handler))
        {
            handler(signal);
        }
    }

    internal void Handle(Signal signal, Action<Signal>? handler)
    {
        if (handler is null)
        {
            _handlers.Remove(signal);
        }
        else
        {
            _handlers[signal] = handler;
        }
    }

    private sealed class NoMemory : LinearMemory
    {
        public override void Refresh(nint frame)
        {
        }
    }
}
