namespace Marcotte.Core.Tests;

[TestFixture]
public sealed class DescriptorTableTests
{
    [Test]
    public void The_lowest_free_number_is_next()
    {
        DescriptorTable table = Filled(5);
        Assert.That(table.Close(3), Is.EqualTo(Errno.Success));
        Assert.That(table.Close(1), Is.EqualTo(Errno.Success));
        Assert.That(Add(table), Is.EqualTo(1));
        Assert.That(Add(table), Is.EqualTo(3));
        Assert.That(Add(table), Is.EqualTo(5));
        Assert.That(table.Count, Is.EqualTo(6));
    }

    [TestCase(0, 2)]
    [TestCase(2, 2)]
    [TestCase(3, 4)]
    [TestCase(63, 63)]
    [TestCase(64, 64)]
    [TestCase(65, 65)]
    [TestCase(999, 999)]
    public void The_lowest_free_number_from_a_floor_on(int floor, int number)
    {
        DescriptorTable table = Filled(4);
        table.Close(2);
        Assert.That(table.Add(Make.Descriptor(), out int added, floor), Is.EqualTo(Errno.Success));
        Assert.That(added, Is.EqualTo(number));
        Assert.That(table.TryGet(number, out _), Is.True);
        Assert.That(table.TryGet(number + 1, out _), Is.EqualTo(number + 1 == 3));
    }

    [TestCase(1)]
    [TestCase(16)]
    [TestCase(17)]
    [TestCase(64)]
    [TestCase(100)]
    public void A_full_table_is_EMFILE_and_leaves_the_reference_to_the_caller(int limit)
    {
        DescriptorTable table = new(limit);
        for (int i = 0; i < limit; i++)
        {
            Assert.That(Add(table), Is.EqualTo(i));
        }

        Probe probe = new();
        Descriptor refused = Make.Descriptor(probe);
        Assert.That(table.Add(refused, out int number), Is.EqualTo(Errno.MFile));
        Assert.That(number, Is.EqualTo(-1));
        Assert.That(probe.Releases, Is.Zero);
        refused.File.Release();
        Assert.That(probe.Releases, Is.EqualTo(1));
        table.Close(limit / 2);
        Assert.That(Add(table), Is.EqualTo(limit / 2));
    }

    [Test]
    public void Floors_out_of_range_are_EINVAL_as_F_DUPFD_says()
    {
        DescriptorTable table = new(10);
        Assert.That(table.Add(Make.Descriptor(), out _, -1), Is.EqualTo(Errno.Inval));
        Assert.That(table.Add(Make.Descriptor(), out _, 10), Is.EqualTo(Errno.Inval));
        Assert.That(table.Add(Make.Descriptor(), out _, 9), Is.EqualTo(Errno.Success));
        Assert.That(table.Add(Make.Descriptor(), out _, 9), Is.EqualTo(Errno.MFile));
    }

    [TestCase(-1)]
    [TestCase(int.MinValue)]
    [TestCase(int.MaxValue)]
    [TestCase(7)]
    [TestCase(1000)]
    public void A_number_that_is_not_open_is_EBADF(int number)
    {
        DescriptorTable table = Filled(3);
        Assert.That(table.TryGet(number, out Descriptor? found), Is.False);
        Assert.That(found, Is.Null);
        Assert.That(table.Close(number), Is.EqualTo(Errno.BadF));
        Assert.That(table.Renumber(number, 0), Is.EqualTo(Errno.BadF));
        Assert.That(table.Renumber(0, number), Is.EqualTo(Errno.BadF));
        Assert.That(table.Replace(number, Make.Descriptor(), Make.Descriptor()), Is.EqualTo(Errno.BadF));
        Assert.That(table.Count, Is.EqualTo(3));
    }

    [Test]
    public void Set_takes_a_number_and_closes_what_was_there()
    {
        DescriptorTable table = new(100);
        Probe first = new();
        Assert.That(table.Set(Make.Descriptor(first), 90), Is.EqualTo(Errno.Success));
        Assert.That(table.Set(Make.Descriptor(), 90), Is.EqualTo(Errno.Success));
        Assert.That(first.Releases, Is.EqualTo(1));
        Assert.That(table.Count, Is.EqualTo(1));
        Probe refused = new();
        Assert.That(table.Set(Make.Descriptor(refused), 100), Is.EqualTo(Errno.BadF));
        Assert.That(table.Set(Make.Descriptor(refused), -1), Is.EqualTo(Errno.BadF));
        Assert.That(refused.Releases, Is.Zero);
    }

    [Test]
    public void Dup_shares_the_open_file_until_the_last_descriptor_is_closed()
    {
        DescriptorTable table = new(10);
        Probe probe = new();
        Descriptor descriptor = Make.Descriptor(probe);
        table.Add(descriptor, out int one);
        descriptor.File.Acquire();
        table.Add(descriptor with { CloseOnExec = true }, out int two);
        table.Close(one);
        Assert.That(probe.Releases, Is.Zero);
        table.Close(two);
        Assert.That(probe.Releases, Is.EqualTo(1));
        Assert.That(table.Close(two), Is.EqualTo(Errno.BadF));
        Assert.That(probe.Releases, Is.EqualTo(1));
    }

    /// <summary>CVE-2025-53901, GHSA-3p27-qvp9-27qf.</summary>
    [Test]
    public void Renumber_moves_closes_once_and_leaks_nothing()
    {
        DescriptorTable table = new(10);
        Probe moved = new();
        Probe replaced = new();
        table.Add(Make.Descriptor(moved), out int from);
        table.Add(Make.Descriptor(replaced), out int to);
        Assert.That(table.Renumber(from, to), Is.EqualTo(Errno.Success));
        Assert.That((moved.Releases, replaced.Releases), Is.EqualTo((0, 1)));
        Assert.That(table.TryGet(from, out _), Is.False);
        Assert.That(table.TryGet(to, out Descriptor? now) && now.File.Operations == moved, Is.True);
        Assert.That(Add(table), Is.EqualTo(from));
        table.CloseAll();
        Assert.That((moved.Releases, replaced.Releases), Is.EqualTo((1, 1)));
    }

    [Test]
    public void Renumber_onto_itself_changes_nothing()
    {
        DescriptorTable table = new(10);
        Probe probe = new();
        table.Add(Make.Descriptor(probe), out int number);
        Assert.That(table.Renumber(number, number), Is.EqualTo(Errno.Success));
        Assert.That(probe.Releases, Is.Zero);
        Assert.That(table.TryGet(number, out _), Is.True);
        Assert.That(table.Renumber(5, 5), Is.EqualTo(Errno.BadF));
    }

    [Test]
    public void Replace_changes_attributes_only_of_the_descriptor_that_was_looked_up()
    {
        DescriptorTable table = new(10);
        Probe probe = new();
        Descriptor old = Make.Descriptor(probe);
        table.Add(old, out int number);
        Descriptor less = old with { Base = Rights.FdRead };
        Assert.That(table.Replace(number, old, less), Is.EqualTo(Errno.Success));
        Assert.That(table.TryGet(number, out Descriptor? now) && now.Base == Rights.FdRead, Is.True);
        Assert.That(table.Replace(number, old, old), Is.EqualTo(Errno.BadF));
        Assert.That(table.Replace(number, less, Make.Descriptor()), Is.EqualTo(Errno.BadF));
        Assert.That(probe.Releases, Is.Zero);
    }

    [Test]
    public void A_fork_shares_open_files_but_not_the_table()
    {
        DescriptorTable parent = new(2000);
        Probe low = new();
        Probe high = new();
        parent.Add(Make.Descriptor(low), out _);
        parent.Set(Make.Descriptor(high), 1500);
        DescriptorTable child = parent.Fork();
        Assert.That(child.Count, Is.EqualTo(2));
        parent.CloseAll();
        Assert.That((low.Releases, high.Releases), Is.EqualTo((0, 0)));
        Assert.That(child.TryGet(1500, out _), Is.True);
        Assert.That(Add(child), Is.EqualTo(1));
        child.CloseAll();
        Assert.That((low.Releases, high.Releases), Is.EqualTo((1, 1)));
    }

    [Test]
    public void Exec_closes_those_marked()
    {
        DescriptorTable table = new(10);
        Probe kept = new();
        Probe closed = new();
        table.Add(Make.Descriptor(kept), out int keptNumber);
        table.Add(Make.Descriptor(closed) with { CloseOnExec = true }, out int closedNumber);
        DescriptorTable child = table.Fork(exec: true);
        Assert.That(child.TryGet(closedNumber, out _), Is.False);
        Assert.That(child.TryGet(keptNumber, out _), Is.True);
        table.CloseForExec();
        Assert.That(table.TryGet(closedNumber, out _), Is.False);
        Assert.That((kept.Releases, closed.Releases), Is.EqualTo((0, 1)));
        child.CloseAll();
        table.CloseAll();
        Assert.That((kept.Releases, closed.Releases), Is.EqualTo((1, 1)));
    }

    [Test]
    public void Nothing_is_opened_in_a_closed_table()
    {
        DescriptorTable table = Filled(3);
        table.CloseAll();
        Probe probe = new();
        Assert.That(table.Add(Make.Descriptor(probe), out _), Is.EqualTo(Errno.MFile));
        Assert.That(table.Set(Make.Descriptor(probe), 1), Is.EqualTo(Errno.BadF));
        Assert.That(table.Count, Is.Zero);
        Assert.That(probe.Releases, Is.Zero);
    }

    /// <summary>A thousand random steps, each compared with a model that is plainly right.</summary>
    [Test]
    public void It_does_what_a_sorted_dictionary_does([Range(1, 20)] int seed)
    {
        const int Limit = 150;
        Random random = new(seed);
        DescriptorTable table = new(Limit);
        SortedDictionary<int, Descriptor> model = [];
        Dictionary<Probe, int> expectedReleases = [];
        Descriptor Fresh()
        {
            Probe probe = new();
            expectedReleases[probe] = 0;
            return Make.Descriptor(probe);
        }

        void Gone(Descriptor descriptor) => expectedReleases[(Probe)descriptor.File.Operations]++;
        int Number() => random.Next(-2, Limit + 2);

        for (int step = 0; step < 1000; step++)
        {
            int number = Number();
            int other = Number();
            switch (random.Next(6))
            {
                case 0 or 1:
                    int floor = random.Next(3) == 0 ? random.Next(Limit) : 0;
                    int free = Enumerable.Range(floor, Limit + 1).First(candidate => !model.ContainsKey(candidate));
                    Descriptor added = Fresh();
                    Assert.That(table.Add(added, out int given, floor), Is.EqualTo(free < Limit ? Errno.Success : Errno.MFile));
                    if (free < Limit)
                    {
                        Assert.That(given, Is.EqualTo(free));
                        model[free] = added;
                    }

                    break;
                case 2:
                    Descriptor set = Fresh();
                    bool fits = number is >= 0 and < Limit;
                    Assert.That(table.Set(set, number), Is.EqualTo(fits ? Errno.Success : Errno.BadF));
                    if (fits)
                    {
                        if (model.TryGetValue(number, out Descriptor? previous))
                        {
                            Gone(previous);
                        }

                        model[number] = set;
                    }

                    break;
                case 3:
                    Assert.That(table.Close(number), Is.EqualTo(model.ContainsKey(number) ? Errno.Success : Errno.BadF));
                    if (model.Remove(number, out Descriptor? closed))
                    {
                        Gone(closed);
                    }

                    break;
                case 4:
                    bool both = model.ContainsKey(number) && model.ContainsKey(other);
                    Assert.That(table.Renumber(number, other), Is.EqualTo(both ? Errno.Success : Errno.BadF));
                    if (both && number != other)
                    {
                        Gone(model[other]);
                        model[other] = model[number];
                        model.Remove(number);
                    }

                    break;
                default:
                    Assert.That(table.TryGet(number, out Descriptor? found), Is.EqualTo(model.ContainsKey(number)));
                    Assert.That(found, Is.SameAs(model.GetValueOrDefault(number)));
                    break;
            }

            Assert.That(table.Count, Is.EqualTo(model.Count));
        }

        table.CloseAll();
        model.Values.ToList().ForEach(Gone);
        Assert.That(expectedReleases.All(pair => pair.Key.Releases == pair.Value), Is.True);
    }

    private static DescriptorTable Filled(int count)
    {
        DescriptorTable table = new(1000);
        for (int i = 0; i < count; i++)
        {
            Add(table);
        }

        return table;
    }

    private static int Add(DescriptorTable table)
    {
        Assert.That(table.Add(Make.Descriptor(), out int number), Is.EqualTo(Errno.Success));
        return number;
    }

    [Test]
    public void Closing_allocates_nothing()
    {
        Kernel kernel = new(Limits.Default);
        Process process = new(kernel, 1);
        Descriptor[] descriptors = [.. Enumerable.Range(0, 1000).Select(_ => Make.Descriptor())];
        Close(descriptors.AsSpan(0, 100));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Close(descriptors.AsSpan(100));
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);

        void Close(ReadOnlySpan<Descriptor> opened)
        {
            foreach (Descriptor descriptor in opened)
            {
                process.Descriptors.Add(descriptor, out int number);
                process.Descriptors.Close(number);
            }
        }
    }
}
