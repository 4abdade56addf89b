using System.Runtime.InteropServices;
using Marcotte.Abi.Interop;

namespace Marcotte.Abi.Tests;

/// <summary>One memory made like another, whatever the host has pages of.</summary>
public sealed unsafe partial class MemoryCopyTests
{
    private const int Pages = 1200;
    private const nuint Length = Pages * HostPages.Size;

    [Test]
    public void New_memory_becomes_the_same([Range(1, 8)] int seed)
    {
        using Mapping source = new();
        using Mapping target = new();
        source.Scatter(new Random(seed));
        MemoryCopy.ToNew(source.Start, target.Start, Length);
        Assert.That(target.Bytes.SequenceEqual(source.Bytes), Is.True);
    }

    [Test]
    public void Memory_that_was_used_becomes_the_same([Range(1, 8)] int seed)
    {
        using Mapping source = new();
        using Mapping target = new();
        Random random = new(seed);
        for (int i = 0; i < 3; i++)
        {
            source.Scatter(random);
            target.Scatter(random);
            MemoryCopy.Over(source.Start, target.Start, Length);
            Assert.That(target.Bytes.SequenceEqual(source.Bytes), Is.True);
        }
    }

    [Test]
    public void Memory_that_the_source_never_wrote_to_is_emptied()
    {
        using Mapping source = new();
        using Mapping target = new();
        target.Bytes.Fill(1);
        MemoryCopy.Over(source.Start, target.Start, Length);
        Assert.That(target.Bytes.ContainsAnyExcept((byte)0), Is.False);
    }

    [Test]
    [Platform("Linux", Reason = "Others do not tell of their pages.")]
    public void What_was_never_written_to_takes_no_pages()
    {
        using Mapping source = new();
        using Mapping target = new();
        source.Bytes[^1] = 1;
        MemoryCopy.ToNew(source.Start, target.Start, Length);
        Assert.That((target.WrittenPages, source.WrittenPages), Is.EqualTo((1, 1)));

        // It looks here and there, which has the host map a page of zeros there.
        MemoryCopy.Over(source.Start, target.Start, Length);
        Assert.That(target.WrittenPages, Is.LessThan(Pages / 8));
    }

    /// <summary>Private memory of its own, empty, of which the host has no pages yet.</summary>
    private sealed partial class Mapping : IDisposable
    {
        private const int ReadWrite = 3;
        private const int PrivateAnonymous = 0x22;

        internal Mapping()
        {
            Start = Map(null, Length, ReadWrite, PrivateAnonymous, -1, 0);
            Assert.That((nint)Start, Is.Not.EqualTo((nint)(-1)));
        }

        internal byte* Start { get; }

        internal Span<byte> Bytes => new(Start, (int)Length);

        internal int WrittenPages
        {
            get
            {
                ulong[] entries = new ulong[Pages];
                HostPages.Ask(Start, entries);
                return entries.Count(HostPages.IsWritten);
            }
        }

        /// <summary>Runs of pages are filled, emptied, touched here and there, or left alone.</summary>
        internal void Scatter(Random random)
        {
            for (int page = 0; page < Pages;)
            {
                int count = Math.Min(Pages - page, 1 + random.Next(random.Next(2) == 0 ? 4 : 200));
                Span<byte> run = Bytes.Slice(page * HostPages.Size, count * HostPages.Size);
                switch (random.Next(5))
                {
                    case 0:
                        random.NextBytes(run);
                        break;
                    case 1:
                        run.Clear();
                        break;
                    case 2:
                        run[random.Next(run.Length)] = (byte)random.Next(256);
                        break;
                    default:
                        break;
                }

                page += count;
            }
        }

        public void Dispose() => _ = Unmap(Start, Length);

        [LibraryImport("libc", EntryPoint = "mmap")]
        private static partial byte* Map(byte* address, nuint length, int protection, int flags, int file, nint offset);

        [LibraryImport("libc", EntryPoint = "munmap")]
        private static partial int Unmap(byte* address, nuint length);
    }
}
