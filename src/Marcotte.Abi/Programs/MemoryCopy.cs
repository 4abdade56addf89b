using System.Runtime.CompilerServices;
using Marcotte.Abi.Interop;

namespace Marcotte.Abi;

/// <summary>
/// Makes one instance's memory like another's of the same program, and has the host find as few pages for it as that takes.
/// </summary>
internal static unsafe class MemoryCopy
{
    /// <summary>How many pages the host is asked about at once.</summary>
    private const int BatchPages = 512;

    /// <summary>Pages that are taken to be alike: as many as 64 KiB have, of which all memories are made.</summary>
    private const int GroupPages = 16;

    /// <summary>Copies memory into memory that nobody has written to yet.</summary>
    /// <param name="source">Whole pages.</param>
    /// <param name="target">As many.</param>
    /// <param name="length">Their bytes.</param>
    [SkipLocalsInit]
    internal static void ToNew(byte* source, byte* target, ulong length)
    {
        Span<ulong> space = stackalloc ulong[BatchPages];
        for (ulong done = 0; done < length; done += BatchPages * HostPages.Size)
        {
            Span<ulong> pages = space[..PagesOf(length - done)];
            HostPages.Ask(source + done, pages);
            for (int at = 0; at < pages.Length;)
            {
                int filled = FilledPages(source + done + (at * HostPages.Size), pages[at..]);
                if (filled > 0)
                {
                    Fill(source + done + (at * HostPages.Size), target + done + (at * HostPages.Size), (uint)(filled * HostPages.Size));
                    at += filled;
                    continue;
                }

                if (HostPages.IsWritten(pages[at]))
                {
                    // All zeros now, which it may not have been when it was mapped.
                    CopyIfDifferent(source + done + (at * HostPages.Size), target + done + (at * HostPages.Size));
                }

                at++;
            }
        }
    }

    /// <summary>Copies memory over what is there.</summary>
    /// <param name="source">Whole pages.</param>
    /// <param name="target">As many.</param>
    /// <param name="length">Their bytes.</param>
    [SkipLocalsInit]
    internal static void Over(byte* source, byte* target, ulong length)
    {
        Span<ulong> space = stackalloc ulong[2 * BatchPages];
        for (ulong at = 0; at < length;)
        {
            int groups = SparseGroups(source + at, PagesOf(length - at));
            int count = Math.Max(groups, 1) * GroupPages;
            if (groups > 0)
            {
                CopyWritten(source + at, target + at, space[..count], space.Slice(count, count));
            }
            else
            {
                // To ask about pages that are there takes as long as to compare them.
                for (int page = 0; page < count; page++)
                {
                    CopyIfDifferent(source + at + (page * HostPages.Size), target + at + (page * HostPages.Size));
                }
            }

            at += (ulong)(count * HostPages.Size);
        }
    }

    /// <summary>Copies the pages of which either has been written to.</summary>
    private static void CopyWritten(byte* source, byte* target, Span<ulong> sources, Span<ulong> targets)
    {
        HostPages.Ask(source, sources);
        HostPages.Ask(target, targets);
        for (int page = 0; page < sources.Length; page++)
        {
            if (HostPages.IsWritten(sources[page]) || HostPages.IsWritten(targets[page]))
            {
                CopyIfDifferent(source + (page * HostPages.Size), target + (page * HostPages.Size));
            }
        }
    }

    /// <summary>How many groups at the start begin with an empty page, as where nothing was ever written: stack that is not in use, memory that is set aside.</summary>
    private static int SparseGroups(byte* source, int pages)
    {
        int groups = 0;
        while ((groups + 1) * GroupPages <= pages && !Page(source + (groups * GroupPages * HostPages.Size)).ContainsAnyExcept((byte)0))
        {
            groups++;
        }

        return groups;
    }

    private static int PagesOf(ulong length) => (int)Math.Min(length / HostPages.Size, BatchPages);

    /// <summary>How many pages at the start were written to and are not empty.</summary>
    private static int FilledPages(byte* source, ReadOnlySpan<ulong> pages)
    {
        int filled = 0;
        while (filled < pages.Length && HostPages.IsWritten(pages[filled]) && Page(source + (filled * HostPages.Size)).ContainsAnyExcept((byte)0))
        {
            filled++;
        }

        return filled;
    }

    private static void Fill(byte* source, byte* target, uint length)
    {
        HostPages.Populate(target, length);

        // Written before it is read, as copying does: to read it would have the host map a page of zeros, and then replace that.
        *target = *source;
        Unsafe.CopyBlock(target, source, length);
    }

    /// <summary>Copies a page unless it is the same: what is not written takes no page of the host's.</summary>
    private static void CopyIfDifferent(byte* source, byte* target)
    {
        if (!Page(source).SequenceEqual(Page(target)))
        {
            Unsafe.CopyBlock(target, source, HostPages.Size);
        }
    }

    private static ReadOnlySpan<byte> Page(byte* start) => new(start, HostPages.Size);
}
