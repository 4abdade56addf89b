using Marcotte;
using Wasmtime;

// Published with "dotnet publish", this is a native program: no JIT, no runtime to install, and it starts at once.
string path = Path.Combine(AppContext.BaseDirectory, "greet.wasm");
GuestModule greet = GuestModule.FromFile(path);

BoxBuilder builder = new BoxBuilder()
    .UseVfs(files => files
        .MountMemory("/data")
        .WriteFile("/data/greeting.txt", "Hello from native code, "))
    .UseClock()
    .UseEnv(environment => environment.ProgramName("greet").Arguments("world"))
    .UseWasi(wasi => wasi.Preopen("/data"));

using BoxTemplate template = builder.Build(greet);
BoxResult result = template.Run();
Console.WriteLine(result.Output);
Console.WriteLine($"It ended with code {result.Outcome.ExitCode}.");

// What a surface lacks is said in words that come from attributes, which trimming leaves.
try
{
    new BoxBuilder().UseWasi().Build(greet).Dispose();
}
catch (SurfaceException exception)
{
    Console.WriteLine($"Without a layer it {exception.Missing[0].Remedy}.");
}

// The second door, on an engine of one's own.
using Config config = new Config().WithMemoryMayMove(false);
using Engine engine = new(config);
using Module module = Module.FromFile(engine, path);
using Linker linker = new(engine);
using HostSurface surface = builder.BuildSurface();
surface.Define(linker);
using Store store = new(engine);
using AttachedStore box = surface.Attach(store);
linker.Instantiate(store, module).GetAction("_start")!();
Console.WriteLine(box.Output);
