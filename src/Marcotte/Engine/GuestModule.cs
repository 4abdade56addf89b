using System.Text;
using Wasmtime;

namespace Marcotte;

/// <summary>Where a guest's WebAssembly module comes from: binary, or the text format.</summary>
public sealed class GuestModule
{
    private readonly Func<byte[]> _read;

    private GuestModule(string name, Func<byte[]> read)
    {
        Name = name;
        _read = read;
    }

    /// <summary>What traps and errors call it.</summary>
    public string Name { get; }

    /// <summary>A file, binary or text.</summary>
    /// <param name="path">The file on the host.</param>
    /// <returns>The module.</returns>
    public static GuestModule FromFile(string path) => new(Path.GetFileNameWithoutExtension(path), () => ReadFile(path));

    /// <summary>Bytes in memory, binary or text.</summary>
    /// <param name="name">What traps and errors call it.</param>
    /// <param name="content">The bytes.</param>
    /// <returns>The module.</returns>
    public static GuestModule FromBytes(string name, ReadOnlyMemory<byte> content) => new(name, content.ToArray);

    /// <summary>The text format.</summary>
    /// <param name="name">What traps and errors call it.</param>
    /// <param name="text">The text.</param>
    /// <returns>The module.</returns>
    public static GuestModule FromText(string name, string text) => new(name, () => Encoding.UTF8.GetBytes(text));

    /// <summary>A stream, read to its end at once.</summary>
    /// <param name="name">What traps and errors call it.</param>
    /// <param name="stream">The stream.</param>
    /// <returns>The module.</returns>
    public static GuestModule FromStream(string name, Stream stream)
    {
        MemoryStream copy = new();
        stream.CopyTo(copy);
        return FromBytes(name, copy.ToArray());
    }

    /// <summary>The module in the binary format.</summary>
    /// <exception cref="InvalidModuleException">It cannot be read, or is neither format.</exception>
    internal byte[] Read()
    {
        byte[] content = _read();
        if (content.AsSpan().StartsWith("\0asm"u8))
        {
            return content;
        }

        if (content.AsSpan().TrimStart(" \t\r\n"u8) is not [(byte)'(' or (byte)';', ..])
        {
            throw new InvalidModuleException(Name, "it is neither a WebAssembly binary nor its text format; compile the program for wasm32-wasi first");
        }

        try
        {
            return Module.ConvertText(Encoding.UTF8.GetString(content));
        }
        catch (WasmtimeException exception)
        {
            throw new InvalidModuleException(Name, exception.Message, exception);
        }
    }

    private static byte[] ReadFile(string path)
    {
        try
        {
#pragma warning disable RS0030 // The host names a file of its own.
            return File.ReadAllBytes(path);
#pragma warning restore RS0030
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InvalidModuleException(path, exception.Message, exception);
        }
    }
}

/// <summary>A module cannot be read or is not valid.</summary>
public sealed class InvalidModuleException : Exception
{
    internal InvalidModuleException(string module, string reason, Exception? inner = null)
        : base($"Module '{module}' cannot be used: {reason.TrimEnd('.')}.", inner) => Module = module;

    /// <summary>The module's name.</summary>
    public string Module { get; }
}
