using Marcotte.Processes;

namespace Marcotte;

/// <summary>Adds modules to what a host says about a box's processes.</summary>
public static class ProcessOptionsExtensions
{
    /// <summary>
    /// Places a module in the tree of each box, which any process there may then run. It is compiled with the template, once, and checked then:
    /// <see cref="BoxBuilder.Build"/> throws a <see cref="SurfaceException"/> when it imports what no layer backs.
    /// </summary>
    /// <param name="options">The options.</param>
    /// <param name="path">Where, from the root; directories on the way are made. The file reads as empty.</param>
    /// <param name="module">The module: a command, which exports <c>_start</c>.</param>
    /// <returns>These options.</returns>
    /// <exception cref="ArgumentException">The path is no path of a program.</exception>
    public static ProcessOptions Program(this ProcessOptions options, string path, GuestModule module)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(module);
        return options.Program(path, new PlacedModule(module));
    }
}
