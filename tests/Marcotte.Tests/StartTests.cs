using System.IO.Pipelines;
using System.Text;

namespace Marcotte.Tests;

/// <summary>What one box has of its own: arguments, variables, standard streams.</summary>
internal sealed class StartTests
{
    /// <summary>Copies standard input to standard output, then says "done" on standard error.</summary>
    private const string Cat =
        """
        (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
        (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
        (memory (export "memory") 1)
        (data (i32.const 100) "done")
        (func (export "_start") (local $n i32) (local $at i32)
          (block $end
            (loop $next
              (i32.store (i32.const 0) (i32.const 1024))
              (i32.store (i32.const 4) (i32.const 32768))
              (if (call $read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 8)) (then unreachable))
              (br_if $end (i32.eqz (local.tee $n (i32.load (i32.const 8)))))
              (local.set $at (i32.const 1024))
              (loop $rest
                (i32.store (i32.const 0) (local.get $at))
                (i32.store (i32.const 4) (local.get $n))
                (if (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)) (then unreachable))
                (local.set $at (i32.add (local.get $at) (i32.load (i32.const 8))))
                (br_if $rest (local.tee $n (i32.sub (local.get $n) (i32.load (i32.const 8))))))
              (br $next)))
          (i32.store (i32.const 0) (i32.const 100))
          (i32.store (i32.const 4) (i32.const 4))
          (drop (call $write (i32.const 2) (i32.const 0) (i32.const 1) (i32.const 8))))
        """;

    private BoxTemplate _cat = null!;

    [OneTimeSetUp]
    public void Build() => _cat = SharedEngine.Builder().UseWasi().UseEnv(env => env.ProgramName("cat").Arguments("-u").Variable("A", "1")).Build(Wat.Module(Cat));

    [OneTimeTearDown]
    public void Close() => _cat.Dispose();

    [Test]
    public void Nothing_said_is_an_empty_input_and_captured_outputs()
    {
        BoxResult result = _cat.Run();

        Assert.That(result.Outcome.IsSuccess, Is.True);
        Assert.That(result.Output!.ToString(), Is.Empty);
        Assert.That(result.Error!.ToString(), Is.EqualTo("done"));
    }

    [Test]
    public void Memory_goes_in_and_comes_out()
    {
        byte[] bytes = [.. Enumerable.Range(0, 200_000).Select(i => (byte)(i * 7))];

        BoxResult result = _cat.Run(new BoxStart { Input = StandardInput.From(bytes) });

        Assert.That(result.Output!.ToArray(), Is.EqualTo(bytes));
    }

    [Test]
    [Category("security: write buffering")]
    public void A_capture_keeps_up_to_its_cap_and_counts_the_rest()
    {
        BoxResult result = _cat.Run(new BoxStart { Input = StandardInput.From(new byte[100_000]), Output = StandardOutput.Capture(1000) });

        Assert.That(result.Output!.ToArray(), Has.Length.EqualTo(1000));
        Assert.That(result.Output.Dropped, Is.EqualTo(99_000));
        Assert.That(result.Outcome.IsSuccess, Is.True);
    }

    [Test]
    public void Streams_go_in_and_come_out()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("stream ", 30_000)));
        MemoryStream output = new();

        BoxResult result = _cat.Run(new BoxStart { Input = StandardInput.From(new MemoryStream(bytes)), Output = StandardOutput.To(output) });

        Assert.That(result.Output, Is.Null);
        Assert.That(output.ToArray(), Is.EqualTo(bytes));
    }

    [Test]
    public void Whatever_a_stream_throws_is_EIO_to_the_program_and_no_exception_of_the_run()
    {
        BoxResult written = _cat.Run(new BoxStart { Input = StandardInput.From("text"), Output = StandardOutput.To(new AbortedStream()) });
        BoxResult read = _cat.Run(new BoxStart { Input = StandardInput.From(new AbortedStream()) });
        BoxResult silent = _cat.Run(new BoxStart { Output = StandardOutput.To(new AbortedStream()) });

        // The program ends itself by a trap when a call fails.
        Assert.That(new[] { written.Outcome, read.Outcome }.Select(outcome => ((Trapped)outcome).Cause), Is.All.Null);
        Assert.That(silent.Outcome.IsSuccess, Is.True, "of flushing the program is not told");
    }

    [Test]
    public void Callbacks_give_and_take()
    {
        int given = 0;
        List<byte> taken = [];

        _cat.Run(new BoxStart
        {
            Input = StandardInput.From(buffer =>
            {
                buffer[0] = (byte)'x';
                return given++ < 3 ? 1 : 0;
            }),
            Output = StandardOutput.To(bytes => taken.AddRange(bytes)),
        });

        Assert.That(taken, Is.EqualTo("xxx"u8.ToArray()));
    }

    [Test]
    public async Task Pipes_push_back_and_lose_nothing()
    {
        Pipe input = new();
        Pipe output = new(new PipeOptions(pauseWriterThreshold: 4096, resumeWriterThreshold: 1024));
        using Box box = _cat.Create(new BoxStart { Input = StandardInput.From(input.Reader), Output = StandardOutput.To(output.Writer) });
        Task<Outcome> run = box.RunAsync();
        byte[] bytes = [.. Enumerable.Range(0, 500_000).Select(i => (byte)(i * 31))];

        Task feed = Task.Run(async () =>
        {
            await input.Writer.WriteAsync(bytes);
            await input.Writer.CompleteAsync();
        });
        MemoryStream taken = new();
        while (taken.Length < bytes.Length)
        {
            ReadResult read = await output.Reader.ReadAsync();
            foreach (ReadOnlyMemory<byte> part in read.Buffer)
            {
                taken.Write(part.Span);
            }

            output.Reader.AdvanceTo(read.Buffer.End);
        }

        await feed;
        Assert.That((await run.WaitAsync(TimeSpan.FromSeconds(30))).IsSuccess, Is.True);
        Assert.That(taken.ToArray(), Is.EqualTo(bytes));
    }

    [Test]
    public async Task A_guest_that_waits_for_input_is_ended_by_cancellation()
    {
        Pipe never = new();
        using CancellationTokenSource cancellation = new();
        Task<BoxResult> run = _cat.RunAsync(new BoxStart { Input = StandardInput.From(never.Reader) }, cancellation.Token);
        await Task.Delay(30);
        await cancellation.CancelAsync();

        Assert.That((await run.WaitAsync(TimeSpan.FromSeconds(30))).Outcome, Is.TypeOf<Killed>());
    }

    [Test]
    [Category("security: write buffering")]
    public async Task A_guest_whose_output_nobody_takes_is_ended_by_cancellation()
    {
        Pipe stuck = new(new PipeOptions(pauseWriterThreshold: 1, resumeWriterThreshold: 1));
        using CancellationTokenSource cancellation = new();
        Task<BoxResult> run = _cat.RunAsync(
            new BoxStart { Input = StandardInput.From(new byte[1_000_000]), Output = StandardOutput.To(stuck.Writer) }, cancellation.Token);
        await Task.Delay(30);
        await cancellation.CancelAsync();

        Assert.That((await run.WaitAsync(TimeSpan.FromSeconds(30))).Outcome, Is.TypeOf<Killed>());
    }

    [Test]
    public void A_stream_that_fails_is_EIO_to_the_guest_and_no_exception_to_the_host()
    {
        BoxResult result = _cat.Run(new BoxStart { Input = StandardInput.From("x"), Output = StandardOutput.To(new BrokenStream()) });

        Assert.That(result.Outcome, Is.TypeOf<Trapped>(), "The guest traps at the errno.");
    }

    [Test]
    public void A_box_has_arguments_and_variables_of_its_own()
    {
        using Box box = _cat.Create(new BoxStart
        {
            Arguments = ["one", "two"],
            Variables = new Dictionary<string, string> { ["A"] = "2", ["B"] = "3" },
        });

        Assert.That(Encoding.UTF8.GetString(box.Process.Arguments.Block), Is.EqualTo("cat\0one\0two\0"));
        Assert.That(Encoding.UTF8.GetString(box.Process.Variables.Block), Is.EqualTo("A=2\0B=3\0"));
    }

    [Test]
    public void Arguments_without_an_environment_say_what_to_add()
    {
        using BoxTemplate template = SharedEngine.Builder().Build(Wat.Empty);

        Assert.That(
            () => template.Create(new BoxStart { Arguments = ["x"] }),
            Throws.InvalidOperationException.With.Message.Contains("call UseEnv()"));
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            ValueTask.FromException(new IOException("broken"));
    }

    /// <summary>As the stream of a connection whose client has gone.</summary>
    private sealed class AbortedStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw new OperationCanceledException();

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => throw new OperationCanceledException();

        public override Task FlushAsync(CancellationToken cancellationToken) => throw new OperationCanceledException();
    }
}
