using System.Diagnostics;
using System.Globalization;
using Marcotte.Benchmarks.Rows;
using Marcotte.Benchmarks.Sides;

namespace Marcotte.Benchmarks.Idle;

/// <summary>Measures what boxes take that have started and do nothing.</summary>
internal static class IdleBoxes
{
    /// <summary>The argument by which this program does it in a process of its own.</summary>
    public const string Command = "--idle-boxes";

    private const int Boxes = 1000;
    private const int FirstBoxes = 100;

    /// <summary>Measures in a new process: in this one, memory that earlier rows have freed would be used again and not be seen.</summary>
    /// <param name="name">The row.</param>
    /// <param name="image">How many files the tree has that the boxes share; 0 for none.</param>
    /// <returns>The result.</returns>
    public static IdleBoxReport MeasureInProcessOfItsOwn(string name, int image)
    {
        string self = Environment.ProcessPath!;
        bool isHost = Path.GetFileNameWithoutExtension(self) == "dotnet";
        string files = image.ToString(CultureInfo.InvariantCulture);
        string[] arguments = isHost ? [typeof(IdleBoxes).Assembly.Location, Command, files] : [Command, files];
        using Process process = Process.Start(new ProcessStartInfo(self, arguments) { RedirectStandardOutput = true })!;
        string[] numbers = process.StandardOutput.ReadToEnd().Split(' ');
        process.WaitForExit();
        return process.ExitCode == 0
            ? new IdleBoxReport(name, double.Parse(numbers[0], CultureInfo.InvariantCulture), double.Parse(numbers[1], CultureInfo.InvariantCulture), Boxes)
            : throw new InvalidOperationException($"{Command} failed with exit code {process.ExitCode}.");
    }

    /// <summary>Measures in this process and prints the numbers.</summary>
    /// <param name="image">How many files the tree has that the boxes share; 0 for none.</param>
    /// <returns>The exit code.</returns>
    public static int Run(int image)
    {
        using Workbench bench = new();
        using BoxTemplate template = bench.NewBuilder(image: image).Build(GuestModule.FromText("idle", GuestSource.Module("idle")));
        List<Box> boxes = new(Boxes + FirstBoxes);

        // The first ones pay for code and for what is made once.
        Add(template, boxes, FirstBoxes);
        Usage before = Usage.Now();
        Add(template, boxes, Boxes);
        Usage after = Usage.Now();
        boxes.ForEach(box => box.Dispose());
        Console.WriteLine(FormattableString.Invariant($"{(after.Managed - before.Managed) / (double)Boxes} {(after.Native - before.Native) / (double)Boxes}"));
        return 0;
    }

    private static void Add(BoxTemplate template, List<Box> boxes, int count)
    {
        for (int i = 0; i < count; i++)
        {
            Box box = template.Create();
            box.Call("ping");
            boxes.Add(box);
        }
    }

    /// <summary>What this process takes.</summary>
    /// <param name="Managed">Bytes of live objects.</param>
    /// <param name="Native">Bytes of private resident memory, less what the collector has committed for its heap.</param>
    private readonly record struct Usage(long Managed, long Native)
    {
        public static Usage Now()
        {
            GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
            GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            return new Usage(GC.GetTotalMemory(forceFullCollection: true), Resident() - GC.GetGCMemoryInfo().TotalCommittedBytes);
        }

        /// <summary>Where the kernel tells it, what is not shared with a file: the rest is code.</summary>
        private static long Resident()
        {
            string? line = OperatingSystem.IsLinux()
                ? File.ReadLines("/proc/self/status").FirstOrDefault(text => text.StartsWith("RssAnon:", StringComparison.Ordinal))
                : null;
            if (line is null)
            {
                using Process self = Process.GetCurrentProcess();
                return self.PrivateMemorySize64;
            }

            return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
        }
    }
}
