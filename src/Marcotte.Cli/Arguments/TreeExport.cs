namespace Marcotte.Cli;

/// <summary>A directory of the box that is written to a tar of the host's when the program has ended: <c>GUEST=FILE</c>.</summary>
/// <param name="GuestPath">The directory.</param>
/// <param name="File">The tar, compressed by gzip when its name says so.</param>
internal sealed record TreeExport(string GuestPath, string File)
{
    private static readonly string[] GZipSuffixes = [".gz", ".tgz"];

    internal bool IsCompressed => GZipSuffixes.Any(suffix => File.EndsWith(suffix, StringComparison.OrdinalIgnoreCase));

    internal static TreeExport Parse(string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && equals < text.Length - 1
            ? new TreeExport(GuestPaths.Normalize("--export", text[..equals]), text[(equals + 1)..])
            : throw new HostMistakeException($"--export '{text}' is not GUEST=FILE; write a path of the program's and a file, such as /out=out.tar");
    }
}
