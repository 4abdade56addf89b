using Marcotte;
using OwnLayer;

GuestModule dice = GuestModule.FromFile(Path.Combine(AppContext.BaseDirectory, "dice.wat"));

// Without the layer, Build says which imports nothing backs.
try
{
    new BoxBuilder().Build(dice).Dispose();
}
catch (SurfaceException exception)
{
    Console.WriteLine($"missing: {string.Join(", ", exception.Missing.Select(import => $"{import.Module}.{import.Name}"))}");
}

// The seed makes both boxes roll the same.
using BoxTemplate template = new BoxBuilder()
    .UseDice(seed: 7)
    .WithObserver(new TextTrace(Console.Out))
    .Build(dice);
template.Run().Outcome.EnsureSuccess();
template.Run().Outcome.EnsureSuccess();
