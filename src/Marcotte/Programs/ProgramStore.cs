using System.Collections.Concurrent;
using System.Security.Cryptography;
using Marcotte.Abi;

namespace Marcotte;

/// <summary>Programs that boxes of a template have run, by content: the second one to run a program compiles nothing.</summary>
/// <remarks>Guests write programs too, so only some are kept: those that were run last.</remarks>
internal sealed class ProgramStore(BoxEngine engine, LayerSet layers, bool allowMissing) : IDisposable
{
    private const int Kept = 128;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _recent = new();
    private readonly ConcurrentDictionary<string, Lock> _making = new();
    private readonly Dictionary<PlacedModule, ModuleProgram> _placed = [];
    private bool _disposed;

    /// <summary>What backs the imports of all of them.</summary>
    internal LayerSet Layers => layers;

    /// <summary>Links a module, whose imports have been checked; the caller has the program, and the module as before.</summary>
    internal GuestProgram Link(CompiledModule compiled) =>
        new(compiled.Engine.Wasmtime, compiled.Module, layers.ImportsFor(compiled.Module), compiled.Engine.Interrupter, allowMissing);

    /// <summary>Makes programs of what the host has placed in each box; they are kept as long as the template.</summary>
    /// <exception cref="SurfaceException">One imports what no layer backs.</exception>
    /// <exception cref="InvalidModuleException">One cannot be read, or is not valid.</exception>
    /// <exception cref="InvalidOperationException">One is no command.</exception>
    internal void Place(IEnumerable<PlacedModule> modules)
    {
        foreach (PlacedModule placed in modules.Where(placed => !_placed.ContainsKey(placed)))
        {
            CompiledModule compiled = engine.Compile(placed.Module);
            try
            {
                if (new ExportTable(compiled.Module).IsReactor)
                {
                    throw new InvalidOperationException($"Module '{placed.Name}' exports no _start, so no process can run it; link it as a command, or leave it out of UseProcesses().");
                }

                IReadOnlyList<MissingImport> missing = SurfaceCheck.Missing(SurfaceCheck.Check(compiled.Module, layers));
                if (missing.Count > 0 && !allowMissing)
                {
                    throw new SurfaceException(placed.Name, missing);
                }

                _placed.Add(placed, new ModuleProgram(placed.Name, compiled, Link(compiled)));
            }
            catch
            {
                compiled.Dispose();
                throw;
            }
        }
    }

    /// <returns>Null for one of another template.</returns>
    internal ModuleProgram? Find(PlacedModule placed)
    {
        lock (_lock)
        {
            if (!_placed.TryGetValue(placed, out ModuleProgram? program) || !_disposed)
            {
                return program;
            }
        }

        // A box that outlives its template goes on without what that had compiled.
        return Get(placed.Name, placed.Module.Read());
    }

    /// <summary>Makes a program of a module, or finds it.</summary>
    /// <returns>Null when it is no command that the box can run.</returns>
    internal ModuleProgram? Get(string name, byte[] content)
    {
        string hash = Convert.ToHexString(SHA256.HashData(content));
        if (Find(hash) is { } found)
        {
            return found;
        }

        // Whoever comes for the same content meanwhile waits for who compiles it.
        lock (_making.GetOrAdd(hash, static _ => new Lock()))
        {
            try
            {
                return Find(hash) ?? (Make(name, content) is { } made ? Add(hash, made) : null);
            }
            finally
            {
                _making.TryRemove(hash, out _);
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            foreach (ModuleProgram program in _recent.Select(entry => entry.Program).Concat(_placed.Values))
            {
                program.Dispose();
            }

            _recent.Clear();
            _entries.Clear();
        }
    }

    private ModuleProgram? Find(string hash)
    {
        lock (_lock)
        {
            if (!_entries.TryGetValue(hash, out LinkedListNode<Entry>? node))
            {
                return null;
            }

            _recent.Remove(node);
            _recent.AddFirst(node);
            return node.Value.Program;
        }
    }

    private ModuleProgram Add(string hash, ModuleProgram made)
    {
        lock (_lock)
        {
            if (_entries.TryGetValue(hash, out LinkedListNode<Entry>? there))
            {
                made.Dispose();
                return there.Value.Program;
            }

            if (_disposed)
            {
                return made;
            }

            _entries.Add(hash, _recent.AddFirst(new Entry(hash, made)));
            if (_recent.Count > Kept)
            {
                Entry oldest = _recent.Last!.Value;
                _recent.RemoveLast();
                _entries.Remove(oldest.Hash);
                oldest.Program.Dispose();
            }

            return made;
        }
    }

    private ModuleProgram? Make(string name, byte[] content)
    {
        CompiledModule? compiled = null;
        try
        {
            compiled = engine.Compile(GuestModule.FromBytes(name, content));
            if (new ExportTable(compiled.Module).IsReactor || (!allowMissing && SurfaceCheck.Missing(SurfaceCheck.Check(compiled.Module, layers)).Count > 0))
            {
                compiled.Dispose();
                return null;
            }

            return new ModuleProgram(name, compiled, Link(compiled));
        }
        catch (Exception exception) when (exception is InvalidModuleException or InvalidOperationException)
        {
            compiled?.Dispose();
            return null;
        }
    }

    private sealed record Entry(string Hash, ModuleProgram Program);
}
