#region quick-start
using Marcotte;

GuestModule greet = GuestModule.FromFile(Path.Combine(AppContext.BaseDirectory, "greet.wasm"));

// The program gets what is named here, and nothing else of this host.
using BoxTemplate template = new BoxBuilder()
    .UseVfs(files => files
        .MountMemory("/data")
        .WriteFile("/data/greeting.txt", "Hello from a file of the box, "))
    .UseClock()
    .UseEnv(environment => environment.Variable("LANG", "C.UTF-8"))
    .UseWasi(wasi => wasi.Preopen("/data"))
    .WithLimits(limits => limits with { MemoryBytes = 16 << 20, WallClock = TimeSpan.FromSeconds(10) })
    .Build(greet);

// A template starts any number of boxes, also at the same time; each has files and memory of its own.
BoxResult result = template.Run(new BoxStart { Arguments = ["world"] });

Console.WriteLine(result.Output);
Console.WriteLine($"It ended with code {result.Outcome.ExitCode}.");
#endregion
