using System.Diagnostics.Metrics;
using System.Globalization;
using System.Reflection;
using System.Text;
using Marcotte;
using Microsoft.Extensions.Logging;

namespace Docs.Tests;

/// <summary>
/// The tables of events and instruments in docs/guides/hosting.md are what the code has. An event's number that changes shows up
/// there, and must not. With <c>MARCOTTE_UPDATE_DOCS=1</c> the tests write the tables instead.
/// </summary>
internal sealed class HostingTests
{
    private static string Page => Path.Combine(Pages.Docs, "guides/hosting.md");

    [Test]
    public void The_table_of_events_is_the_code_s()
    {
        StringBuilder table = new("| id | name | level | message |\n|--:|---|---|---|\n");
        IEnumerable<(LoggerMessageAttribute Event, string Name)> events = typeof(Box).Assembly.GetType("Marcotte.TelemetryLog", throwOnError: true)!
            .GetMethods(BindingFlags.Static | BindingFlags.NonPublic)
            .Select(method => (Event: method.GetCustomAttribute<LoggerMessageAttribute>(), method.Name))
            .Where(method => method.Event is not null)
            .Select(method => (method.Event!, method.Name))
            .OrderBy(method => method.Item1.EventId);
        foreach ((LoggerMessageAttribute found, string name) in events)
        {
            table.Append(CultureInfo.InvariantCulture, $"| {found.EventId} | `{name}` | {found.Level} | {found.Message} |\n");
        }

        AssertSection("events", table.ToString());
    }

    [Test]
    public void The_table_of_instruments_is_the_code_s()
    {
        List<Instrument> instruments = [];
        using MeterListener listener = new() { InstrumentPublished = (instrument, _) => instruments.Add(instrument) };
        listener.Start();
        using BoxTemplate template = new BoxBuilder().Build(GuestModule.FromText("empty", """(module (func (export "_start")))"""));
        StringBuilder table = new("| instrument | kind | unit | what |\n|---|---|---|---|\n");
        foreach (Instrument instrument in instruments.Where(instrument => instrument.Meter.Name == MarcotteTelemetry.MeterName).OrderBy(instrument => instrument.Name, StringComparer.Ordinal))
        {
            string kind = instrument.GetType().Name.Split('`')[0].Replace("Observable", string.Empty, StringComparison.Ordinal);
            table.Append(CultureInfo.InvariantCulture, $"| `{instrument.Name}` | {kind} | {instrument.Unit} | {instrument.Description} |\n");
        }

        AssertSection("instruments", table.ToString());
    }

    private static void AssertSection(string name, string expected) =>
        Pages.AssertBetween(Page, File.ReadAllText(Page).IndexOf($"<!-- begin {name}", StringComparison.Ordinal), $"<!-- end {name}", expected);
}
