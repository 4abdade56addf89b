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
    private bool _disposed;

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
            foreach (Entry entry in _recent)
            {
                entry.Program.Dispose();
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

            GuestProgram program = new(compiled.Engine.Wasmtime, compiled.Module, layers.ImportsFor(compiled.Module), compiled.Engine.Interrupter, allowMissing);
            return new ModuleProgram(name, compiled, program);
        }
        catch (Exception exception) when (exception is InvalidModuleException or InvalidOperationException)
        {
            compiled?.Dispose();
            return null;
        }
    }

    private sealed record Entry(string Hash, ModuleProgram Program);
}
