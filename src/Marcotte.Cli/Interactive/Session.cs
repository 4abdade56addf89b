using Marcotte.Cli.Streams;
using Marcotte.Processes;

namespace Marcotte.Cli.Interactive;

/// <summary>Joins the terminal of a box with the one that the tool was started on: what is typed here is typed there, and what is shown there is shown here.</summary>
internal sealed class Session : IDisposable
{
    private readonly PseudoTerminal _terminal;
    private readonly HostTerminal _host;
    private readonly CancellationTokenSource _over = new();
    private readonly Task _shown;

    internal Session(PseudoTerminal terminal)
    {
        _terminal = terminal;
        _host = new HostTerminal(terminal.Resize);
        terminal.Resize(HostTerminal.Size());
        _shown = Task.Run(ShowAsync);

        // Nothing ends a read of a terminal that nobody types at, so the thread is left to the end of the tool.
        new Thread(Type) { IsBackground = true, Name = "Marcotte keys" }.Start();
    }

    /// <summary>Makes the terminal what it was, at once.</summary>
    internal void Restore() => _host.Restore();

    /// <summary>Waits until all that was written is shown. The box has ended.</summary>
    internal void Finish() => _shown.GetAwaiter().GetResult();

    /// <summary>Gives the terminal back.</summary>
    public void Dispose()
    {
        _over.Cancel();
        _host.Dispose();
    }

    private async Task ShowAsync()
    {
        await using Stream output = HostStreams.OpenOutput();
        byte[] buffer = new byte[16 * 1024];
        try
        {
            for (int count; (count = await _terminal.ReadAsync(buffer, _over.Token).ConfigureAwait(false)) > 0;)
            {
                output.Write(buffer, 0, count);
            }
        }
        catch (OperationCanceledException)
        {
        }
        catch (IOException)
        {
            // The person has gone, so what there is to show goes nowhere.
            _terminal.Dispose();
        }
    }

    private void Type()
    {
        byte[] buffer = new byte[4096];
        try
        {
            using Stream input = HostStreams.OpenInput();
            for (int count; (count = input.Read(buffer)) > 0;)
            {
                _terminal.WriteAsync(buffer.AsMemory(0, count), _over.Token).AsTask().GetAwaiter().GetResult();
            }
        }
        catch (IOException)
        {
        }
        catch (OperationCanceledException)
        {
            return;
        }

        _terminal.Dispose();
    }
}
