using System.Diagnostics;
using System.Globalization;
using System.Text;
using Marcotte.Benchmarks.Rows;

namespace Marcotte.Benchmarks.Sides;

/// <summary>A program that does a row so many times and says how long it took, in a process or a box of its own each time.</summary>
internal abstract class ProgramSide : Side
{
    /// <inheritdoc/>
    public override void Run(int operations) => Measure(operations);

    /// <inheritdoc/>
    public override double Measure(int operations) => double.Parse(Tell(operations), CultureInfo.InvariantCulture);

    /// <summary>Runs it.</summary>
    /// <param name="operations">How often it does the row.</param>
    /// <returns>What it wrote.</returns>
    private protected abstract string Tell(int operations);
}

/// <summary>The program in a box.</summary>
/// <param name="template">What boxes start from; disposed with this.</param>
/// <param name="row">The row.</param>
internal sealed class BoxProgramSide(BoxTemplate template, Row row) : ProgramSide
{
    /// <inheritdoc/>
    public override bool IsCompiledAtRunTime => true;

    /// <inheritdoc/>
    public override void Dispose() => template.Dispose();

    private protected override string Tell(int operations) =>
        Programs.Output(template.Run(new BoxStart { Arguments = [row.Name, operations.ToString(CultureInfo.InvariantCulture)] }));
}

/// <summary>The program as the kernel's process.</summary>
/// <param name="program">Its file.</param>
/// <param name="row">The row.</param>
internal sealed class NativeProgramSide(string program, Row row) : ProgramSide
{
    /// <inheritdoc/>
    public override void Dispose()
    {
        // Nothing lasts.
    }

    private protected override string Tell(int operations) =>
        Programs.Output(new ProcessStartInfo(program, [row.Name, operations.ToString(CultureInfo.InvariantCulture)]));
}

/// <summary>A script that a shell runs in a box, from the box's start to its end.</summary>
/// <param name="template">What boxes start from; disposed with this.</param>
/// <param name="script">The script.</param>
/// <param name="answer">What it must write.</param>
internal sealed class BoxScriptSide(BoxTemplate template, string script, string answer) : Side
{
    /// <inheritdoc/>
    public override bool IsCompiledAtRunTime => true;

    /// <inheritdoc/>
    public override void Run(int operations)
    {
        for (int i = 0; i < operations; i++)
        {
            BoxResult result = template.Run(new BoxStart
            {
                Arguments = ["-c", script],
                Variables = new Dictionary<string, string> { ["PATH"] = "/bin" },
            });
            Programs.Check(Programs.Output(result), answer);
        }
    }

    /// <inheritdoc/>
    public override void Dispose() => template.Dispose();
}

/// <summary>A script that the machine's shell runs, from the process's start to its end.</summary>
/// <param name="shell">The shell.</param>
/// <param name="tools">Where its tools lie.</param>
/// <param name="script">The script.</param>
/// <param name="answer">What it must write.</param>
internal sealed class NativeScriptSide(string shell, string tools, string script, string answer) : Side
{
    /// <inheritdoc/>
    public override void Run(int operations)
    {
        for (int i = 0; i < operations; i++)
        {
            ProcessStartInfo start = new(shell, ["-c", script]);
            start.Environment["PATH"] = tools;
            Programs.Check(Programs.Output(start), answer);
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        // Nothing lasts.
    }
}

/// <summary>What programs write, once they have ended well.</summary>
file static class Programs
{
    internal static string Output(BoxResult result) => result.Outcome is Exited { Code: 0 }
        ? Encoding.UTF8.GetString(result.Output!.ToArray())
        : throw new InvalidOperationException($"The guest did not end well: {result.Outcome} {Encoding.UTF8.GetString(result.Error!.ToArray())}");

    internal static string Output(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{start.FileName} ended with {process.ExitCode}.");
    }

    internal static void Check(string output, string answer)
    {
        if (output.Trim() != answer)
        {
            throw new InvalidOperationException($"The pipeline answered '{output.Trim()}' instead of {answer}.");
        }
    }
}
