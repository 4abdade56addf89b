using System.IO.Pipelines;
using Marcotte.Abi;

namespace Marcotte.Guests.Tests;

/// <summary>Runs a guest in a box.</summary>
internal static class BoxRunner
{
    /// <summary>More than any guest takes on a loaded machine.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private const int KeptOutput = 4 * 1024 * 1024;

    /// <summary>How long after its end was asked for a guest may take: far more than it should, for machines that are busy.</summary>
    private static readonly TimeSpan Promptly = TimeSpan.FromSeconds(10);

    /// <summary>What a guest that never writes gets before it is ended, so that it is computing by then.</summary>
    private static readonly TimeSpan HeadStart = TimeSpan.FromMilliseconds(100);

    /// <summary>Runs a guest to its end; one that never ends is ended once it has written what it should.</summary>
    internal static async Task<GuestEnding> RunAsync(GuestCase guest, GuestRoot root, TimeSpan? patience = null)
    {
        Repository.Built(guest.Module);
        OutputLog output = new(KeptOutput);
        BoxTemplate template;
        try
        {
            template = Builder(guest, root).WithOutput(StandardOutput.To(output.Add)).Build(GuestModule.FromFile(guest.Module));
        }
        catch (Exception exception) when (exception is SurfaceException or InvalidModuleException || IsLinkFailure(exception))
        {
            return new GuestEnding(EndingKind.Rejected, null, [], exception.Message);
        }

        using (template)
        {
            Box box = template.Create();
            await using (box.ConfigureAwait(false))
            {
                GuestEnding ending = await RunAsync(guest, box, output, patience ?? Patience).ConfigureAwait(false);
                root.Look(box);
                return ending;
            }
        }
    }

    private static async Task<GuestEnding> RunAsync(GuestCase guest, Box box, OutputLog output, TimeSpan patience)
    {
        if (guest.Calls.Count > 0)
        {
            return Call(guest, box, output);
        }

        using CancellationTokenSource end = new();
        Task<Outcome> run;
        try
        {
            run = box.RunAsync(end.Token);
            if (guest.IsEndless)
            {
                await (guest.Output is { } expected ? output.Wait(expected.Length, run) : Task.Delay(HeadStart)).WaitAsync(patience).ConfigureAwait(false);
                await end.CancelAsync().ConfigureAwait(false);
                patience = Promptly;
            }
            else
            {
                end.CancelAfter(patience);
                patience += Promptly;
            }

            return Ending(await run.WaitAsync(patience).ConfigureAwait(false), box, output);
        }
        catch (InvalidOperationException exception) when (exception.Message.Contains("_start", StringComparison.Ordinal))
        {
            return new GuestEnding(EndingKind.Rejected, null, [], exception.Message);
        }
    }

    /// <summary>An import that is there, but of another type, is no missing import to Build.</summary>
    private static bool IsLinkFailure(Exception exception) =>
        exception is InvalidOperationException && exception.Message.Contains("cannot be linked", StringComparison.Ordinal);

    private static GuestEnding Call(GuestCase guest, Box box, OutputLog output)
    {
        foreach (ReactorCall call in guest.Calls)
        {
            call.Check(box.Call(call.Export, [.. call.Arguments.Cast<object>()]).Single());
        }

        return new GuestEnding(EndingKind.Exited, GuestEnding.StatusOf(0), output.ToArray(), box.Error!.ToString());
    }

    private static GuestEnding Ending(Outcome outcome, Box box, OutputLog output) => outcome switch
    {
        Exited exited => new GuestEnding(EndingKind.Exited, GuestEnding.StatusOf(exited.Code), output.ToArray(), box.Error!.ToString()),
        Trapped trapped => Trap(trapped.Trap, $"{box.Error}{trapped.Cause}", output),
        OutOfMemory { Trap: null } => new GuestEnding(EndingKind.Rejected, null, output.ToArray(), "It wants more memory than it may have."),
        OutOfMemory { Trap: { } trap } => Trap(trap, box.Error!.ToString(), output),
        _ => new GuestEnding(EndingKind.Killed, null, output.ToArray(), $"{outcome.GetType().Name}\n{box.Error}"),
    };

    private static GuestEnding Trap(GuestTrap trap, string words, OutputLog output) =>
        new(EndingKind.Trapped, KebabNames.Of(trap.Kind), output.ToArray(), $"{words}\n{trap}");

    private static BoxBuilder Builder(GuestCase guest, GuestRoot root)
    {
        BoxBuilder builder = new BoxBuilder()
            .WithEngine(SharedEngine.Engine)
            .WithLimits(limits => limits with
            {
                Descriptors = guest.Limits.Descriptors ?? limits.Descriptors,
                Inodes = guest.Limits.Inodes ?? limits.Inodes,
                MemoryBytes = guest.Limits.Memory ?? limits.MemoryBytes,
                TableElements = guest.Limits.Table ?? limits.TableElements,
            })
            .WithInput(guest.Input.StaysOpen ? StandardInput.From(new Pipe().Reader) : StandardInput.From(guest.Input.Content))
            .UseClock()
            .UseEnv(environment => environment.ProgramName(guest.Name).Arguments(guest.AllArguments(path => path)).Variables(guest.Variables))
            .UseWasi(wasi =>
            {
                if (guest.Preopens.Count == 0)
                {
                    wasi.WithoutPreopens();
                }

                foreach (PreopenedDirectory preopen in guest.Preopens)
                {
                    wasi.Preopen(preopen.Path);
                }
            });
        return builder.UseVfs(root.Mount);
    }
}
