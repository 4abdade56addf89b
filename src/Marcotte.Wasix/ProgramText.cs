using Marcotte.Core;

namespace Marcotte.Wasix;

/// <summary>What WASIX tells of a program: names, and lists whose items are apart by line feeds.</summary>
internal static class ProgramText
{
    private static readonly byte[] DefaultSearchPath = "/usr/local/bin:/bin:/usr/bin"u8.ToArray();

    /// <summary>Reads what names a program and what it is given.</summary>
    /// <param name="thread">Who calls.</param>
    /// <param name="memory">Its memory.</param>
    /// <param name="name">The program.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="envs">Its variables; at address 0 those of who asks.</param>
    /// <param name="search">Where it is looked for; null when its name is its path.</param>
    /// <param name="request">All of it.</param>
    /// <returns><see cref="Errno.TooBig"/> beyond <see cref="Limits.ArgumentBytes"/>, <see cref="Errno.Inval"/> for a variable without a <c>=</c>.</returns>
    internal static Errno Read(GuestThread thread, GuestMemory memory, GuestText name, GuestText args, GuestText envs, GuestText? search, out ExecRequest? request)
    {
        request = null;
        Limits limits = thread.Kernel.Limits;
        Errno errno = memory.ReadText(name, limits.PathBytes, out ReadOnlySpan<byte> path);
        if (errno != Errno.Success)
        {
            return errno;
        }

        byte[] program = path.ToArray();
        errno = ReadLines(memory, args, limits.ArgumentBytes, out ByteStrings? arguments);
        if (errno != Errno.Success)
        {
            return errno;
        }

        ByteStrings? variables = null;
        if (envs.Address != 0)
        {
            errno = ReadLines(memory, envs, limits.ArgumentBytes, out variables);
            if (errno == Errno.Success && !AreVariables(variables!))
            {
                return Errno.Inval;
            }
        }

        byte[]? directories = null;
        if (errno == Errno.Success && search is { } where)
        {
            errno = ReadSearchPath(memory, where, limits.ArgumentBytes, out directories);
        }

        if (errno == Errno.Success)
        {
            request = new ExecRequest { Path = program, SearchPath = directories, Arguments = arguments!, Variables = variables };
        }

        return errno;
    }

    /// <summary>Takes a list apart: items end at a line feed or a carriage return, and empty ones are lost, as with other hosts of WASIX.</summary>
    internal static ByteStrings Split(ReadOnlySpan<byte> lines)
    {
        byte[] block = new byte[lines.Length + 1];
        int count = 0;
        foreach (Range range in lines.SplitAny("\r\n"u8))
        {
            ReadOnlySpan<byte> line = lines[range];
            if (!line.IsEmpty)
            {
                line.CopyTo(block.AsSpan(count));
                count += line.Length + 1;
            }
        }

        return ByteStrings.FromBlock(block.AsSpan(0, count))!;
    }

    private static Errno ReadLines(GuestMemory memory, GuestText text, int limit, out ByteStrings? strings)
    {
        strings = null;
        Errno errno = memory.ReadText(text, limit, out ReadOnlySpan<byte> lines);
        if (errno != Errno.Success)
        {
            return errno == Errno.NameTooLong ? Errno.TooBig : errno;
        }

        if (lines.Contains((byte)0))
        {
            return Errno.Inval;
        }

        strings = Split(lines);
        return Errno.Success;
    }

    // Some libcs pass the length of what lies at address 0.
    private static Errno ReadSearchPath(GuestMemory memory, GuestText text, int limit, out byte[]? directories)
    {
        directories = DefaultSearchPath;
        if (text.Address == 0)
        {
            return Errno.Success;
        }

        Errno errno = memory.ReadText(text, limit, out ReadOnlySpan<byte> path);
        directories = path.ToArray();
        return errno == Errno.NameTooLong ? Errno.TooBig : errno;
    }

    private static bool AreVariables(ByteStrings variables)
    {
        for (int i = 0; i < variables.Count; i++)
        {
            if (!variables[i].Contains((byte)'='))
            {
                return false;
            }
        }

        return true;
    }
}
