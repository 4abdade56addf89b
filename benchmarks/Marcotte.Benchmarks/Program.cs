using System.Globalization;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using Marcotte.Benchmarks.Idle;
using Marcotte.Benchmarks.Quick;

if (args is [IdleBoxes.Command, string image])
{
    return IdleBoxes.Run(int.Parse(image, CultureInfo.InvariantCulture));
}

if (args is [BlockedReaders.Command, string boxes, string readers])
{
    return BlockedReaders.Run(int.Parse(boxes, CultureInfo.InvariantCulture), int.Parse(readers, CultureInfo.InvariantCulture));
}

if (args.Contains("--help"))
{
    Console.WriteLine(QuickOptions.Help);
}

try
{
    if (QuickOptions.Parse(args) is { } options)
    {
        return QuickRun.Run(options);
    }
}
catch (ArgumentException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 2;
}

// It builds the whole house again, which takes its time on a small machine.
ManualConfig config = ManualConfig.Create(DefaultConfig.Instance)
    .WithBuildTimeout(TimeSpan.FromMinutes(10))
    .WithSummaryStyle(SummaryStyle.Default.WithMaxParameterColumnWidth(30));
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, config);
return 0;
