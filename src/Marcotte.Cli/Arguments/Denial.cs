using Marcotte.Core;

namespace Marcotte.Cli;

/// <summary>A denial of calls: <c>PATTERN</c>, or <c>PATTERN=ERRNO</c>.</summary>
/// <param name="Calls">The pattern.</param>
/// <param name="Errno">What they answer.</param>
internal sealed record Denial(string Calls, Errno Errno)
{
    internal static Denial Parse(string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        string calls = equals < 0 ? text : text[..equals];
        if (string.IsNullOrWhiteSpace(calls))
        {
            throw new HostMistakeException($"--deny '{text}' names no calls; write one such as --deny 'sock_*' or --deny fd_write=EACCES");
        }

        return new Denial(calls, equals < 0 ? Errno.Perm : Name(text[(equals + 1)..]));
    }

    private static Errno Name(string name)
    {
        foreach (Errno errno in Enum.GetValues<Errno>())
        {
            if (errno != Errno.Success && errno.ToName() == name)
            {
                return errno;
            }
        }

        throw new HostMistakeException($"--deny …={name} is no error; write its name as C does, such as EPERM or ENOSYS");
    }
}
