using CsCheck;

namespace Marcotte.Model.Tests;

/// <summary>
/// Random programs of file calls on a memory tree, a tree from a snapshot, an overlay, a directory of the host mounted in a box, and
/// by the kernel on a directory of its own: every answer is the same, and so is what is left.
/// </summary>
internal sealed class ModelTests
{
    private const int Length = 60;
    private const int MostFailures = 3;

    [Test]
    public void SidesAgreeOnWhatRootDoes() => Compare(Calling.OfRoot(Length), 1);

    [Test]
    public void SidesAgreeOnWhatUsersDo() => Compare(Calling.OfMany(Length), 2);

    private static void Compare(Gen<Call[]> programs, uint stream)
    {
        // Without these rights neither another root nor another user can be had for one thread.
        bool withHost = OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess;
        int count = Math.Max(1, Settings.Operations / Length);
        int next = -1;
        List<string> failures = [];
        Thread[] threads = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new Thread(Work))];
        Array.ForEach(threads, static thread => thread.Start());
        Array.ForEach(threads, static thread => thread.Join());
        if (failures.Count > 0)
        {
            Assert.Fail($"MARCOTTE_MODEL_SEED={Settings.Seed}\n{string.Join('\n', failures)}");
        }

        void Work()
        {
            try
            {
                if (withHost)
                {
                    KernelSide.TakeThread();
                }

                using Contenders contenders = new(withHost, Settings.Directory);
                for (int number = Interlocked.Increment(ref next); number < count && failures.Count < MostFailures; number = Interlocked.Increment(ref next))
                {
                    Try(contenders, programs.Generate(new PCG(stream, Settings.Seed + (ulong)number), null, out _), number);
                }

                contenders.AssertSharedUntouched();
            }
            catch (Exception exception)
            {
                Fail(exception.ToString());
            }
        }

        void Try(Contenders contenders, Call[] program, int number)
        {
            if (Verdict.Of(program, contenders.Run(program)) is not null)
            {
                Call[] shrunk = Verdict.Shrink(program, shorter => Verdict.Of(shorter, contenders.Run(shorter)) is not null);
                Fail($"program {number}:\n{Verdict.Of(shrunk, contenders.Run(shrunk))}");
            }
        }

        void Fail(string failure)
        {
            lock (failures)
            {
                failures.Add(failure);
            }
        }
    }
}
