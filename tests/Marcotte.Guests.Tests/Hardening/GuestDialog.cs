using System.Buffers;
using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Text;
using Marcotte.Core;
using Marcotte.Vfs;

namespace Marcotte.Guests.Tests;

/// <summary>
/// A talk with the guest <c>probe</c>, which does what it is told, a line at a time: the test can change the world between two
/// of its calls. Its source lists what it understands.
/// </summary>
internal sealed class GuestDialog : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly BlockingCollection<string> _answers = [];
    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly Pipe _questions = new();
    private readonly BoxTemplate _template;
    private readonly Thread _thread;
    private Outcome? _outcome;

    /// <param name="files">What it is granted.</param>
    /// <param name="limits">Its limits.</param>
    /// <param name="preopens">What of it is granted; <c>/data</c> when nothing is said.</param>
    /// <param name="onThread">Done first on the thread that runs it, which does nothing else.</param>
    internal GuestDialog(Action<VfsOptions> files, Func<Limits, Limits>? limits = null, IEnumerable<string>? preopens = null, Action? onThread = null)
    {
        _template = new BoxBuilder()
            .WithEngine(SharedEngine.Engine)
            .WithLimits(limits ?? (static limits => limits))
            .WithInput(StandardInput.From(_questions.Reader))
            .WithOutput(StandardOutput.To(Hear))
            .UseClock()
            .UseEnv(static environment => environment.ProgramName("probe"))
            .UseVfs(files)
            .UseWasi(wasi =>
            {
                foreach (string path in preopens ?? ["/data"])
                {
                    wasi.Preopen(path);
                }
            })
            .Build(GuestModule.FromFile(Repository.Built(GuestCases.Named("probe").Module)));
        Box = _template.Create();
        _thread = new Thread(
            () =>
            {
                onThread?.Invoke();
                _outcome = Box.Run();
                _answers.CompleteAdding();
            },
            16 << 20) { IsBackground = true };
        _thread.Start();
    }

    internal Box Box { get; }

    /// <summary>Gives it one thing to do, and its answer.</summary>
    internal string Ask(string what)
    {
        _questions.Writer.WriteAsync(Encoding.UTF8.GetBytes(what + "\n")).AsTask().Wait(Patience);
        Assert.That(_answers.TryTake(out string? answer, Patience), $"no answer to: {what}; {_outcome}");
        return answer!;
    }

    /// <summary>Gives it things to do that must go well.</summary>
    internal void Do(params IEnumerable<string> steps)
    {
        foreach (string step in steps)
        {
            Assert.That(Ask(step), Does.StartWith("ok "), step);
        }
    }

    /// <summary>Gives it something to do that must answer this errno.</summary>
    internal void Fails(string what, string errno) => Assert.That(Ask(what), Does.StartWith(errno + " "), what);

    /// <inheritdoc/>
    public void Dispose()
    {
        _questions.Writer.Complete();
        if (!_thread.Join(Patience))
        {
            Box.Kill();
            _thread.Join();
        }

        Box.Dispose();
        _template.Dispose();
        _answers.Dispose();
        Assert.That(_outcome, Is.TypeOf<Exited>().With.Property(nameof(Exited.Code)).Zero, "the guest went on to its end");
    }

    private void Hear(ReadOnlySpan<byte> bytes)
    {
        for (int end = bytes.IndexOf((byte)'\n'); end >= 0; bytes = bytes[(end + 1)..], end = bytes.IndexOf((byte)'\n'))
        {
            _line.Write(bytes[..end]);
            _answers.Add(Encoding.UTF8.GetString(_line.WrittenSpan));
            _line.ResetWrittenCount();
        }

        _line.Write(bytes);
    }
}
