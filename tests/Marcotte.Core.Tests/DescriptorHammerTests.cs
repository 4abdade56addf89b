using System.Collections.Concurrent;
using System.Diagnostics;

namespace Marcotte.Core.Tests;

/// <summary>Many threads at one table, for a second or so.</summary>
[Category("security: dead descriptors")]
[TestFixture]
public sealed class DescriptorHammerTests
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(1);

    [Test]
    public void Every_open_file_is_released_exactly_once()
    {
        DescriptorTable table = new(200);
        ConcurrentBag<Probe> probes = [];
        Hammer(4, random =>
        {
            int number = random.Next(64);
            switch (random.Next(6))
            {
                case 0 or 1:
                    Probe probe = new();
                    Descriptor added = Make.Descriptor(probe);
                    probes.Add(probe);
                    if (table.Add(added, out _) != Errno.Success)
                    {
                        added.File.Release();
                    }

                    break;
                case 2:
                    table.Close(number);
                    break;
                case 3:
                    table.Renumber(number, random.Next(64));
                    break;
                case 4:
                    // dup2 of a file that another thread may be closing right now.
                    if (table.TryGet(number, out Descriptor? found))
                    {
                        Thread.SpinWait(random.Next(300));
                        if (found.File.TryAcquire() && table.Set(found, random.Next(64)) != Errno.Success)
                        {
                            found.File.Release();
                        }
                    }

                    break;
                default:
                    if (random.Next(50) == 0)
                    {
                        table.Fork().CloseAll();
                    }

                    break;
            }
        });

        table.CloseAll();
        Assert.That(probes, Is.Not.Empty);
        Assert.That(probes.Where(probe => probe.Releases != 1).Count(), Is.Zero);
    }

    [Test]
    public void A_look_up_finds_the_right_file_or_none_while_the_table_grows_and_shrinks()
    {
        const int Stable = 7;
        DescriptorTable table = new(4096);
        Descriptor[] fixedOnes = new Descriptor[Stable];
        for (int i = 0; i < Stable; i++)
        {
            fixedOnes[i] = Make.Descriptor();
            table.Add(fixedOnes[i], out _);
        }

        Tagged[] tagged = [.. Enumerable.Range(0, 4096).Select(number => new Tagged(number))];
        int wrong = 0;
        Hammer(3, random =>
        {
            int number = random.Next(Stable);
            if (!table.TryGet(number, out Descriptor? found) || !ReferenceEquals(found, fixedOnes[number]))
            {
                Interlocked.Increment(ref wrong);
            }

            number = random.Next(Stable, 4096);
            if (random.Next(4) == 0)
            {
                _ = random.Next(2) == 0 ? table.Close(number) : table.Set(new Descriptor(new OpenFile(tagged[number], AccessModes.Read)), number);
            }
            else if (table.TryGet(number, out found) && ((Tagged)found.File.Operations).Number != number)
            {
                Interlocked.Increment(ref wrong);
            }
        });
        Assert.That(wrong, Is.Zero);
    }

    [Test]
    public void Numbers_are_never_given_twice()
    {
        DescriptorTable table = new(64);
        int[] owners = new int[64];
        int twice = 0;
        Hammer(4, _ =>
        {
            Descriptor descriptor = Make.Descriptor();
            if (table.Add(descriptor, out int number) == Errno.Success)
            {
                twice += Interlocked.Increment(ref owners[number]) == 1 ? 0 : 1;
                Interlocked.Decrement(ref owners[number]);
                twice += table.Close(number) == Errno.Success ? 0 : 1;
            }
        });
        Assert.That(twice, Is.Zero);
        Assert.That(table.Count, Is.Zero);
    }

    [Test]
    public void A_released_file_is_not_taken_again()
    {
        Probe probe = new();
        OpenFile file = Make.File(probe);
        Assert.That(file.TryAcquire(), Is.True);
        file.Release();
        Assert.That(probe.Releases, Is.Zero);
        file.Release();
        Assert.That(file.TryAcquire(), Is.False);
        Assert.That(probe.Releases, Is.EqualTo(1));
    }

    private static void Hammer(int threads, Action<Random> step)
    {
        long began = Stopwatch.GetTimestamp();
        Task<bool>[] tasks = [.. Enumerable.Range(0, threads).Select(seed => Make.Run(() =>
        {
            Random random = new(seed);
            while (Stopwatch.GetElapsedTime(began) < Duration)
            {
                for (int i = 0; i < 100; i++)
                {
                    step(random);
                }
            }

            return true;
        }))];
        Assert.That(Task.WaitAll(tasks, Make.Patience), Is.True);
    }

    /// <summary>A file that knows under which number it is found.</summary>
    private sealed class Tagged(int number) : FileOperations
    {
        public override FileType Type => FileType.Regular;

        internal int Number => number;
    }
}
