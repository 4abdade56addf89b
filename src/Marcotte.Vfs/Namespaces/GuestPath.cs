using System.Text;

namespace Marcotte.Vfs;

/// <summary>Paths of a box as a host writes them, in options.</summary>
internal static class GuestPath
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Checks a path and brings it into its one form: slashes single, none at the end.</summary>
    /// <param name="path">An absolute path of the box.</param>
    /// <param name="parameter">The parameter that an error names.</param>
    /// <returns>The path; <c>/</c> for the top.</returns>
    /// <exception cref="ArgumentException">The path is relative, empty, holds a NUL, or <c>.</c> or <c>..</c>.</exception>
    public static string Normalize(string path, string parameter)
    {
        ArgumentNullException.ThrowIfNull(path, parameter);
        if (!path.StartsWith('/'))
        {
            throw new ArgumentException($"\"{path}\" is not an absolute path of the box; write it from the top, such as \"/{path}\".", parameter);
        }

        if (path.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException($"\"{path.Replace("\0", "\\0", StringComparison.Ordinal)}\" holds a NUL; remove it.", parameter);
        }

        string[] names = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        foreach (string name in names)
        {
            Check(path, name, parameter);
        }

        return "/" + string.Join('/', names);
    }

    /// <summary>The names of a path that was brought into its one form.</summary>
    public static byte[][] Split(string path) =>
        [.. path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Encoding.UTF8.GetBytes)];

    private static void Check(string path, string name, string parameter)
    {
        if (name is "." or "..")
        {
            throw new ArgumentException($"\"{path}\" holds \"{name}\"; write the path that is meant without it.", parameter);
        }

        int length;
        try
        {
            length = Strict.GetByteCount(name);
        }
        catch (EncoderFallbackException)
        {
            throw new ArgumentException($"\"{path}\" holds half a surrogate pair, which no path can hold; remove it.", parameter);
        }

        if (length > 255)
        {
            throw new ArgumentException($"\"{path}\" has a name of {length} bytes; a name has 255 at most.", parameter);
        }
    }
}
