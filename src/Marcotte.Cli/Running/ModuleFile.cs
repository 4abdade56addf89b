using Wasmtime;

namespace Marcotte.Cli;

/// <summary>The module that a command line names.</summary>
internal static class ModuleFile
{
    /// <summary>Makes sure that there is one, and leaves reading it to the engine.</summary>
    /// <exception cref="HostMistakeException">There is none.</exception>
    internal static GuestModule Find(string path)
    {
        if (Directory.Exists(path))
        {
            throw new HostMistakeException($"module '{path}' is a directory; give the path of a .wasm or .wat file");
        }

        return File.Exists(path)
            ? GuestModule.FromFile(path)
            : throw new HostMistakeException($"there is no module '{path}'; give the path of a .wasm or .wat file");
    }

    /// <summary>Does something with an engine and the user's cache of compiled modules, and without the cache if that fails.</summary>
    /// <param name="options">The engine, without a cache.</param>
    /// <param name="cache">Whether to try with the cache.</param>
    /// <param name="action">What to do; the engine then lives as long as the tool.</param>
    internal static T WithEngine<T>(BoxEngineOptions options, bool cache, Func<BoxEngine, T> action)
    {
        if (cache && CacheDirectory.Find() is { } directory)
        {
            try
            {
                return Try(options with { CacheDirectory = directory }, action);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or WasmtimeException)
            {
                // A cache saves time and is worth no failure; what else is wrong shows again below.
            }
        }

        return Try(options, action);
    }

    private static T Try<T>(BoxEngineOptions options, Func<BoxEngine, T> action)
    {
        BoxEngine engine = new(options);
        try
        {
            return action(engine);
        }
        catch
        {
            engine.Dispose();
            throw;
        }
    }
}
