using System.Collections.Immutable;
using Marcotte.Abi;
using Marcotte.Core;
using Marcotte.Env;
using Marcotte.Processes;
using Wasmtime;

namespace Marcotte;

/// <summary>The layers of a template, sealed: what a box is assembled from.</summary>
internal sealed class LayerSet : IDisposable
{
    private const int FirstProcess = 1;

    private static readonly StandardOutput CaptureByDefault = StandardOutput.Capture();

    private readonly Layer[] _layers;
    private readonly BoxStart _defaults;
    private readonly SealedPolicy _policy;

    internal LayerSet(IEnumerable<Layer> layers, Limits limits, BoxStart defaults, PolicyOptions? policy = null)
    {
        _layers = [.. layers];
        _defaults = defaults;
        Limits = limits;
        Abis = [.. _layers.OfType<AbiLayer>()];
        Imports = [.. Abis.SelectMany(layer => layer.Imports)];
        RefuseTwice();
        Contracts = _layers.SelectMany(layer => layer.Provides).ToHashSet();
        ProgramPaths = _layers.OfType<ProcessLayer>().SelectMany(layer => layer.ProgramPaths).ToHashSet();
        _policy = SealedPolicy.Seal(policy, this);
    }

    internal Limits Limits { get; }

    internal IReadOnlyList<AbiLayer> Abis { get; }

    internal IReadOnlyList<HostImport> Imports { get; }

    /// <summary>All calls that guests may come to make: the imports', and those that an ABI puts in the place of some.</summary>
    internal IEnumerable<Syscall> Syscalls => Imports.Concat(Abis.SelectMany(abi => abi.Replacements)).Select(import => import.Syscall);

    internal IReadOnlySet<Type> Contracts { get; }

    /// <summary>Modules that the host has placed in each box.</summary>
    internal IEnumerable<PlacedModule> Modules => _layers.SelectMany(layer => layer.Programs).OfType<PlacedModule>();

    /// <summary>Where the host has placed programs in each box.</summary>
    internal IReadOnlySet<string> ProgramPaths { get; }

    /// <summary>Makes a box's kernel and its first process, ready for a program.</summary>
    internal StartedProcess Start(BoxStart? start)
    {
        Kernel kernel = new(Limits)
        {
            Name = start?.Name,
            Observer = SyscallObserver.Combine(_policy.Calls, SealedPolicy.Personal(start?.Policy, this), start?.Observer ?? _defaults.Observer),
            Audit = start?.Audit ?? _defaults.Audit,
            Paths = _policy.Paths,
        };
        Process? process = null;
        try
        {
            foreach (Layer layer in _layers)
            {
                layer.Attach(kernel);
            }

            Personalize(kernel, start);
            process = new Process(kernel, FirstProcess);
            StartedProcess started = start?.Terminal is { } window ? OnTerminal(process, start, window) : OnStreams(process, start);
            foreach (Layer layer in _layers)
            {
                layer.Start(process);
            }

            if (started.Terminal is { Terminal.Operations.Terminal: { } terminal })
            {
                terminal.Control(process);
            }

            return started;
        }
        catch
        {
            process?.Close();
            kernel.Dispose();
            throw;
        }
    }

    /// <summary>The imports as a module means them: an ABI that it is compiled against may give functions of others another meaning.</summary>
    internal IReadOnlyList<HostImport> ImportsFor(Module module)
    {
        HashSet<string> modules = [.. module.Imports.Select(import => import.ModuleName)];
        Dictionary<(string, string), HostImport> imports = Imports.ToDictionary(import => (import.Syscall.Module, import.Syscall.Name));
        foreach (AbiLayer abi in Abis.Where(abi => modules.Any(abi.Replaces)))
        {
            foreach (HostImport import in abi.Replacements)
            {
                imports[(import.Syscall.Module, import.Syscall.Name)] = import;
            }
        }

        return [.. imports.Values];
    }

    public void Dispose()
    {
        foreach (Layer layer in _layers)
        {
            layer.Dispose();
        }
    }

    private StartedProcess OnStreams(Process process, BoxStart? start)
    {
        Kernel kernel = process.Kernel;
        FileOperations input = (start?.Input ?? _defaults.Input ?? StandardInput.Empty).Open(kernel);
        FileOperations output = (start?.Output ?? _defaults.Output ?? CaptureByDefault).Open(kernel);
        FileOperations error = (start?.Error ?? _defaults.Error ?? CaptureByDefault).Open(kernel);
        AddStream(process, input, AccessModes.Read);
        AddStream(process, output, AccessModes.Write);
        AddStream(process, error, AccessModes.Write);
        return new StartedProcess(process, output, error, null);
    }

    private static StartedProcess OnTerminal(Process process, BoxStart start, WindowSize window)
    {
        if (start.Input is not null || start.Output is not null || start.Error is not null)
        {
            throw new InvalidOperationException("A box was given a terminal and a standard stream; the terminal is all three streams: leave Input, Output and Error out of its BoxStart.");
        }

        PseudoTerminal terminal = PseudoTerminal.Create(process.Kernel, window);
        process.Kernel.Own(terminal);
        OpenFile file = terminal.Terminal;
        for (int descriptor = 0; descriptor < 3; descriptor++)
        {
            process.Descriptors.Add(new Descriptor(descriptor == 0 ? file : file.Acquire()), out _);
        }

        return new StartedProcess(process, null, null, terminal);
    }

    private static void AddStream(Process process, FileOperations operations, AccessModes access) =>
        process.Descriptors.Add(new Descriptor(new OpenFile(operations, access)), out _);

    private void RefuseTwice()
    {
        HashSet<(string, string)> offered = [];
        foreach (AbiLayer abi in Abis)
        {
            foreach (HostImport import in abi.Imports)
            {
                if (!offered.Add((import.Syscall.Module, import.Syscall.Name)))
                {
                    throw new InvalidOperationException(
                        $"Two layers offer the import {import.Syscall.Module}.{import.Syscall.Name}, one of them '{abi.Name}'; leave one of them out.");
                }
            }
        }
    }

    private void Personalize(Kernel kernel, BoxStart? start)
    {
        if (start?.Arguments is null && start?.Variables is null)
        {
            return;
        }

        if (!Contracts.Contains(typeof(ProgramEnvironment)))
        {
            throw new InvalidOperationException("A box was given arguments or variables, but its template has no environment; call UseEnv() on the builder (package Marcotte.Env).");
        }

        FixedEnvironment environment = FixedEnvironment.From(kernel.Environment);
        environment = start.Arguments is { } arguments ? environment.WithArguments(arguments) : environment;
        foreach ((string key, string value) in start.Variables ?? ImmutableDictionary<string, string>.Empty)
        {
            environment = environment.WithVariable(key, value);
        }

        kernel.Environment = environment;
    }
}

/// <summary>A box's first process, and the ends of its standard streams or its terminal.</summary>
internal readonly record struct StartedProcess(Process Process, FileOperations? Output, FileOperations? Error, PseudoTerminal? Terminal);
