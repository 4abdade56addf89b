using Marcotte;
using Microsoft.Extensions.DependencyInjection;

GuestModule count = GuestModule.FromFile(Path.Combine(AppContext.BaseDirectory, "count.wat"));

#region hosting
// As in an ASP.NET Core application's Program.cs, on its builder.Services.
ServiceCollection services = new();
services.AddMarcotte()
    .AddTemplate("count", count, builder => builder
        .UseWasi()
        .WithLimits(limits => limits with { WallClock = TimeSpan.FromSeconds(10) }));

await using ServiceProvider provider = services.BuildServiceProvider();
IBoxFactory boxes = provider.GetRequiredService<IBoxFactory>();

// Each request starts a box of its own; they run at the same time.
string[] requests = ["", "one", "three"];
Outcome[] outcomes = await Task.WhenAll(requests.Select(async text =>
{
    using Box box = boxes.Create("count", new BoxStart { Input = StandardInput.From(text) });
    return await box.RunAsync();
}));
#endregion

Console.WriteLine(string.Join(' ', outcomes.Select(outcome => outcome.ExitCode)));
