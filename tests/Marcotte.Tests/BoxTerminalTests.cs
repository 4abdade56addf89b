using System.Text;
using Marcotte.Core;
using Marcotte.Processes;

namespace Marcotte.Tests;

/// <summary>A box on a terminal whose person is the host.</summary>
internal sealed class BoxTerminalTests
{
    /// <summary>Reads once, and writes what came, to standard error.</summary>
    private const string Echo =
        """
        (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
        (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
        (memory (export "memory") 1)
        (func (export "_start")
          (i32.store (i32.const 0) (i32.const 1024))
          (i32.store (i32.const 4) (i32.const 100))
          (if (call $read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 8)) (then unreachable))
          (i32.store (i32.const 4) (i32.load (i32.const 8)))
          (if (call $write (i32.const 2) (i32.const 0) (i32.const 1) (i32.const 8)) (then unreachable)))
        """;

    private static readonly BoxStart OnTerminal = new() { Terminal = new WindowSize(25, 132) };

    private BoxTemplate _echo = null!;

    [OneTimeSetUp]
    public void Build() => _echo = SharedEngine.Builder().UseClock().UseProcesses().UseWasi().Build(Wat.Module(Echo));

    [OneTimeTearDown]
    public void Close() => _echo.Dispose();

    [Test]
    public async Task What_the_host_types_is_edited_echoed_and_read_and_the_end_is_the_end()
    {
        await using Box box = _echo.Create(OnTerminal);
        PseudoTerminal terminal = box.Terminal!;
        Task<string> shown = ReadAllAsync(terminal);
        Task<Outcome> run = box.RunAsync();
        await terminal.WriteAsync("helloo\u007f\n"u8.ToArray());
        Assert.That((await run).IsSuccess, Is.True);
        Assert.That(await shown, Is.EqualTo("helloo\b \b\r\nhello\r\n"));
        Assert.That((box.Output, box.Error), Is.EqualTo(((CapturedOutput?)null, (CapturedOutput?)null)));
    }

    [Test]
    public async Task Its_interrupt_character_ends_the_first_process()
    {
        await using Box box = _echo.Create(OnTerminal);
        Task<Outcome> run = box.RunAsync();
        box.Terminal!.Write([3]);
        Assert.That(await run, Is.InstanceOf<Signaled>().With.Property(nameof(Signaled.Signal)).EqualTo(Signal.Interrupt));
    }

    [Test]
    public void The_first_process_leads_the_session_that_it_controls()
    {
        using Box box = _echo.Create(OnTerminal);
        Terminal terminal = box.Terminal!.Terminal.Operations.Terminal!;
        Assert.That((terminal.Session, terminal.ForegroundGroup, terminal.Window), Is.EqualTo((1, 1, new WindowSize(25, 132))));
        box.Terminal.Resize(new WindowSize(10, 20));
        Assert.That(terminal.Window, Is.EqualTo(new WindowSize(10, 20)));
    }

    [Test]
    public async Task Hanging_up_ends_it()
    {
        await using Box box = _echo.Create(OnTerminal);
        Task<Outcome> run = box.RunAsync();
        box.Terminal!.Dispose();
        Assert.That((await run).ExitCode, Is.EqualTo(128 + (int)Signal.HangUp));
    }

    [Test]
    public void A_terminal_beside_a_stream_is_the_hosts_mistake() =>
        Assert.That(() => _echo.Create(OnTerminal with { Output = StandardOutput.Discard }), Throws.InvalidOperationException.With.Message.Contains("Output"));

    [Test]
    public void A_terminal_in_a_box_without_processes_is_the_hosts_mistake()
    {
        using BoxTemplate template = SharedEngine.Builder().Build(Wat.Empty);
        Assert.That(() => template.Create(OnTerminal), Throws.InvalidOperationException.With.Message.Contains("UseProcesses()"));
    }

    private static async Task<string> ReadAllAsync(PseudoTerminal terminal)
    {
        using MemoryStream all = new();
        byte[] buffer = new byte[256];
        for (int count; (count = await terminal.ReadAsync(buffer)) > 0;)
        {
            all.Write(buffer, 0, count);
        }

        return Encoding.UTF8.GetString(all.ToArray());
    }
}
