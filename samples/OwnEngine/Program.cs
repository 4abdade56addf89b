using Marcotte;
using Wasmtime;

#region own-engine
// All of Wasmtime's is the host's own here: engine, linker, store, and an import beside Marcotte's.
using Config config = new Config().WithMemoryMayMove(false);
using Engine engine = new(config);
using Module module = Module.FromTextFile(engine, Path.Combine(AppContext.BaseDirectory, "shout.wat"));
using Linker linker = new(engine);
linker.DefineFunction("host", "volume", () => 2);

// Marcotte puts its surface on that linker, and a process behind each store.
using HostSurface surface = new BoxBuilder().UseClock().UseEnv().UseWasi().BuildSurface();
surface.Define(linker);
using Store store = new(engine);
using AttachedStore box = surface.Attach(store);

Instance instance = linker.Instantiate(store, module);
try
{
    instance.GetAction("_start")!();
}
catch (WasmtimeException) when (box.ExitCode is not null)
{
    // proc_exit unwinds the guest by a trap.
}

Console.WriteLine(box.Output);
Console.WriteLine($"It ended with code {box.ExitCode}.");
#endregion
