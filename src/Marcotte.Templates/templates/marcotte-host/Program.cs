using Marcotte;

GuestModule guest = GuestModule.FromFile(Path.Combine(AppContext.BaseDirectory, "guest.wat"));

// A box gets what is named here, and nothing else of this host. A template starts any number of boxes, also at the same time.
using BoxTemplate template = new BoxBuilder()
    .UseVfs(files => files.MountMemory("/tmp"))
    .UseClock()
    .UseEnv(environment => environment.ProgramName("guest"))
    .UseWasi(wasi => wasi.Preopen("/tmp"))
    .WithLimits(limits => limits with { MemoryBytes = 64 << 20, WallClock = TimeSpan.FromSeconds(10) })
    .Build(guest);

string text = args.Length > 0 ? string.Join(' ', args) : "Hello from the box.";
BoxResult result = await template.RunAsync(new BoxStart { Input = StandardInput.From(text), Arguments = args });

Console.WriteLine(result.Output);
if (result.Outcome is Trapped trapped)
{
    Console.Error.WriteLine(trapped.Trap);
}

return result.Outcome.ExitCode;
