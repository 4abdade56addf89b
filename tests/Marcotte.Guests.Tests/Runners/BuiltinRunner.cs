using Wasmtime;

namespace Marcotte.Guests.Tests;

/// <summary>Runs a guest under Wasmtime's own WASI, on the same engine.</summary>
internal static class BuiltinRunner
{
    /// <summary>As much native stack as the engine lets a guest take, and room for the host's own calls.</summary>
    private const int StackBytes = 8 * 1024 * 1024;

    private const ulong Never = 1UL << 60;

    internal static Task<GuestEnding> RunAsync(GuestCase guest, HostRoot root)
    {
        TaskCompletionSource<GuestEnding> ending = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Thread thread = new(
            () =>
            {
                try
                {
                    ending.SetResult(Run(guest, root));
                }
                catch (Exception exception)
                {
                    ending.SetException(exception);
                }
            },
            StackBytes) { IsBackground = true };
        thread.Start();
        return ending.Task.WaitAsync(BoxRunner.Patience);
    }

    private static GuestEnding Run(GuestCase guest, HostRoot root)
    {
        using StreamFiles streams = new(guest.Input.Content);
        (EndingKind kind, string? detail, string words) = Run(guest, root, streams);
        return new GuestEnding(kind, detail, streams.Output, streams.Error + words);
    }

    private static (EndingKind Kind, string? Detail, string Words) Run(GuestCase guest, HostRoot root, StreamFiles streams)
    {
        Engine engine = SharedEngine.Engine.Wasmtime;
        bool linked = false;
        try
        {
            using Module module = Compile(engine, guest);
            using Linker linker = new(engine);
            using Store store = new(engine);
            linker.DefineWasi();
            store.SetWasiConfiguration(Configure(guest, root, streams));
            store.SetEpochDeadline(Never);
            store.SetLimits(guest.Limits.Memory, guest.Limits.Table, null, null, null);
            Instance instance = linker.Instantiate(store, module);
            linked = true;
            Enter(guest, instance);
            return (EndingKind.Exited, GuestEnding.StatusOf(0), string.Empty);
        }
        catch (WasmtimeException exception) when (exception.ExitCode is { } code)
        {
            return (EndingKind.Exited, GuestEnding.StatusOf(code), string.Empty);
        }
        catch (TrapException exception)
        {
            return (EndingKind.Trapped, KebabNames.Of(exception.Type), exception.Message);
        }
        catch (WasmtimeException exception)
        {
            return (linked ? EndingKind.Trapped : EndingKind.Rejected, null, exception.Message);
        }
    }

    private static Module Compile(Engine engine, GuestCase guest)
    {
        Repository.Built(guest.Module);
        return guest.Module.EndsWith(".wat", StringComparison.Ordinal)
            ? Module.FromTextFile(engine, guest.Module)
            : Module.FromFile(engine, guest.Module);
    }

    private static WasiConfiguration Configure(GuestCase guest, HostRoot root, StreamFiles streams)
    {
        WasiConfiguration configuration = new WasiConfiguration()
            .WithArg(guest.Name)
            .WithArgs(guest.AllArguments(path => path))
            .WithEnvironmentVariables(guest.Variables.Select(variable => (variable.Key, variable.Value)))
            .WithStandardInput(streams.InputPath)
            .WithStandardOutput(streams.OutputPath)
            .WithStandardError(streams.ErrorPath);
        foreach (PreopenedDirectory preopen in guest.Preopens)
        {
            configuration.WithPreopenedDirectory(root.Place(preopen.Path), preopen.Path, !preopen.ReadOnly);
        }

        return configuration;
    }

    private static void Enter(GuestCase guest, Instance instance)
    {
        if (guest.Calls.Count == 0)
        {
            instance.GetFunction("_start")!.Invoke();
            return;
        }

        instance.GetFunction("_initialize")?.Invoke();
        foreach (ReactorCall call in guest.Calls)
        {
            ValueBox[] arguments = [.. call.Arguments.Select(argument => (ValueBox)argument)];
            call.Check(instance.GetFunction(call.Export)!.Invoke(arguments));
        }
    }
}
