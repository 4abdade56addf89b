using System.Security.Cryptography;
using Wasmtime;

namespace Marcotte;

/// <summary>Compiled modules on disk, keyed by content, engine and version.</summary>
/// <remarks>
/// What is found is run as native code, so the directory is made for the host's user alone, and one that others may
/// write to is refused. A file appears under its name only when it is whole.
/// </remarks>
internal sealed class CompilationCache
{
#pragma warning disable RS0030 // A host driver: the host has named the directory.
    private readonly string _directory;
    private readonly string _version = typeof(Module).Assembly.GetName().Version?.ToString() ?? "0";

    internal CompilationCache(string directory)
    {
        _directory = Path.GetFullPath(directory);
        Open();
    }

    internal Module GetOrCompile(GuestEngine engine, string name, byte[] content)
    {
        string path = Path.Combine(_directory, $"{Convert.ToHexStringLower(SHA256.HashData(content))}-{_version}-{engine.Fingerprint}.cwasm");
        if (File.Exists(path))
        {
            try
            {
                return Module.DeserializeFile(engine.Wasmtime, name, path);
            }
            catch (WasmtimeException)
            {
                // Left by another build of the same version, or damaged: compiled anew and replaced below.
            }
        }

        Module module = Module.FromBytes(engine.Wasmtime, name, content);
        string temporary = Path.Combine(_directory, Path.GetRandomFileName());
        try
        {
            File.WriteAllBytes(temporary, module.Serialize());
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A cache that is full, gone or not ours to write to costs time, nothing else.
            RemoveIfThere(temporary);
        }

        return module;
    }

    private static void RemoveIfThere(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It was never made, or the directory is gone.
        }
    }

    private void Open()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(_directory);
            return;
        }

        const UnixFileMode Mine = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        Directory.CreateDirectory(_directory, Mine);
        UnixFileMode mode = File.GetUnixFileMode(_directory);
        if ((mode & (UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) != 0)
        {
            throw new ArgumentException(
                $"Cache directory '{_directory}' can be written by others, who could make the host run their code; remove that permission or name another directory.");
        }
    }
#pragma warning restore RS0030
}
