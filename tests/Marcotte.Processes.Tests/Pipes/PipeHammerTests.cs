using Marcotte.Core;
using Marcotte.Core.Waiting;

namespace Marcotte.Processes.Tests.Pipes;

/// <summary>Pipes under many threads.</summary>
[TestFixture]
public sealed class PipeHammerTests
{
    /// <summary>POSIX: writes of up to PIPE_BUF bytes are not interleaved with others'.</summary>
    [TestCase(4096)]
    [TestCase(65536)]
    public void Many_short_writers_never_interleave(int capacity)
    {
        const int Writers = 6;
        const int Records = 3000;
        Kernel kernel = Make.Kernel(new Limits { PipeBytes = capacity });
        var (reader, writer) = Make.Pipe(kernel);
        Task<Errno>[] writers = [.. Enumerable.Range(1, Writers).Select(id => Make.Run(() =>
        {
            GuestThread thread = Make.Thread(kernel, id + 1);
            Random random = new(id);
            Errno errno = Errno.Success;
            for (int i = 0; i < Records && errno == Errno.Success; i++)
            {
                // Its length, and then its writer's number as often as that says.
                byte[] record = new byte[random.Next(3, 4097)];
                record.AsSpan().Fill((byte)id);
                BitConverter.TryWriteBytes(record, (ushort)record.Length);
                errno = Make.WriteAll(thread, writer, record);
            }

            return errno;
        }))];
        Task<int> taken = Make.Run(() =>
        {
            GuestThread thread = Make.Thread(kernel, 100);
            byte[] buffer = new byte[4096];
            int records = 0;
            int Fill(Span<byte> target)
            {
                int done = 0;
                for (int count; done < target.Length && (count = Make.ReadSome(thread, reader, target[done..])) > 0; done += count)
                {
                }

                return done;
            }

            while (Fill(buffer.AsSpan(0, 2)) == 2)
            {
                int length = BitConverter.ToUInt16(buffer);
                if (length is < 3 or > 4096 || Fill(buffer.AsSpan(2, length - 2)) != length - 2 || buffer.AsSpan(2, length - 2).IndexOfAnyExcept(buffer[2]) >= 0)
                {
                    return -1;
                }

                records++;
            }

            return records;
        });
        foreach (Task<Errno> task in writers)
        {
            Assert.That(Make.Outcome(task), Is.EqualTo(Errno.Success));
        }

        writer.Release();
        Assert.That(Make.Outcome(taken), Is.EqualTo(Writers * Records));
    }

    [Test]
    public void Several_readers_take_every_byte_once_and_none_sleeps_beside_one()
    {
        const int Readers = 5;
        const int Bytes = 200_000;
        Kernel kernel = Make.Kernel();
        var (reader, writer) = Make.Pipe(kernel);
        Task<long>[] readers = [.. Enumerable.Range(0, Readers).Select(id => Make.Run(() =>
        {
            GuestThread thread = Make.Thread(kernel, id + 2);
            byte[] one = new byte[1];
            long sum = 0;
            while (Make.ReadSome(thread, reader, one) == 1)
            {
                sum += one[0];
            }

            return sum;
        }))];
        GuestThread thread = Make.Thread(kernel, 100);
        long put = 0;
        byte[] piece = new byte[7];
        for (int i = 0; i < Bytes; i += piece.Length)
        {
            piece.AsSpan().Fill((byte)i);
            put += piece.Sum(b => b);
            Make.WriteAll(thread, writer, piece);
        }

        writer.Release();
        Assert.That(readers.Sum(Make.Outcome), Is.EqualTo(put));
    }

    [Test]
    public void No_wake_up_is_lost_in_a_million_round_trips()
    {
        const int Rounds = 1_000_000;
        Kernel kernel = Make.Kernel();
        var (first, ping) = Make.Pipe(kernel);
        var (second, pong) = Make.Pipe(kernel);
        Task<int> Player(OpenFile from, OpenFile to, bool begins, int id) => Make.Run(() =>
        {
            GuestThread thread = Make.Thread(kernel, id);
            byte[] ball = [0];
            int rounds = 0;
            while (rounds < Rounds)
            {
                if ((!begins && Make.ReadSome(thread, from, ball) != 1)
                    || Make.WriteAll(thread, to, ball) != Errno.Success
                    || (begins && Make.ReadSome(thread, from, ball) != 1))
                {
                    return rounds;
                }

                rounds++;
            }

            return rounds;
        });

        Task<int> one = Player(second, ping, true, 2);
        Task<int> other = Player(first, pong, false, 3);
        Assert.That((Make.Outcome(one), Make.Outcome(other)), Is.EqualTo((Rounds, Rounds)));
    }

    /// <summary>A reader that is woken and killed before it has read leaves what there is to the next.</summary>
    [Test]
    public void A_reader_that_is_killed_does_not_take_the_wake_with_it()
    {
        for (int round = 0; round < 300; round++)
        {
            Kernel kernel = Make.Kernel();
            var (reader, writer) = Make.Pipe(kernel);
            GuestThread victim = Make.Thread(kernel, 2);
            GuestThread heir = Make.Thread(kernel, 3);
            Task<bool> killed = Make.Run(() =>
            {
                try
                {
                    victim.Waiter.WaitFor(reader, Readiness.In, Deadline.Never);
                    victim.ThrowIfKilled();
                    return reader.Read(new byte[1], out _) == Errno.Success;
                }
                catch (GuestKilledException)
                {
                    return false;
                }
                finally
                {
                    victim.End();
                }
            });
            Make.Until(() => reader.Queue!.Count == 1, "It does not wait.");
            Task<int> inherits = Make.Run(() => Make.ReadSome(heir, reader, new byte[1]));
            Make.Until(() => reader.Queue!.Count == 2, "It does not wait.");
            Task<bool> kill = Make.Run(() =>
            {
                Thread.SpinWait(round * 10);
                victim.Process.Kill(KillReason.Killed);
                return true;
            });
            Make.Put(writer, "x");
            Make.Outcome(kill);
            if (Make.Outcome(killed))
            {
                Make.Put(writer, "y");
            }

            Assert.That(Make.Outcome(inherits), Is.EqualTo(1));
        }
    }
}
