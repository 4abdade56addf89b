using System.Globalization;
using System.Text;

namespace Marcotte.Model.Tests;

/// <summary>Compares what the sides say to a program, and finds a short one that they still differ on.</summary>
internal static class Verdict
{
    /// <summary>Null when all sides agree; else the program with all answers, as far as the first difference.</summary>
    internal static string? Of(Call[] program, List<Transcript> transcripts)
    {
        for (int i = 0; i < program.Length; i++)
        {
            if (!transcripts.TrueForAll(transcript => Exclusions.AreSame(program, i, transcripts[0], transcript)))
            {
                return Write(program, transcripts, i);
            }
        }

        return transcripts.TrueForAll(transcript => Exclusions.AreSameTrees(transcripts[0], transcript))
            ? null
            : Write(program, transcripts, program.Length - 1) + Trees(transcripts);
    }

    /// <summary>Leaves out calls, many at a time and then one by one, for as long as there is a difference.</summary>
    internal static T[] Shrink<T>(T[] program, Func<T[], bool> differs)
    {
        for (int size = program.Length; size > 0;)
        {
            bool isShorter = false;
            for (int start = program.Length - size; start >= 0; start -= size)
            {
                T[] shorter = [.. program[..start], .. program[(start + size)..]];
                if (differs(shorter))
                {
                    program = shorter;
                    isShorter = true;
                }
            }

            size = isShorter ? Math.Min(size, program.Length) : size / 2;
        }

        return program;
    }

    private static string Write(Call[] program, List<Transcript> transcripts, int last)
    {
        StringBuilder text = new();
        for (int i = 0; i <= last; i++)
        {
            text.Append("  ").Append(program[i]);
            bool agree = transcripts.TrueForAll(transcript => transcript.Answers[i] == transcripts[0].Answers[i]);
            if (agree)
            {
                text.Append("   -> ").Append(transcripts[0].Answers[i]).Append('\n');
                continue;
            }

            text.Append('\n');
            foreach (Transcript transcript in transcripts)
            {
                text.Append(CultureInfo.InvariantCulture, $"      {transcript.Side,-9} {transcript.Answers[i]}\n");
            }
        }

        return text.ToString();
    }

    private static string Trees(List<Transcript> transcripts)
    {
        StringBuilder text = new("  and then the tree\n");
        HashSet<string> common = [.. Exclusions.WithoutLinks(transcripts[0].Tree).Split('\n')];
        transcripts.ForEach(transcript => common.IntersectWith(Exclusions.WithoutLinks(transcript.Tree).Split('\n')));
        foreach (Transcript transcript in transcripts)
        {
            foreach (string line in Exclusions.WithoutLinks(transcript.Tree).Split('\n').Where(line => !common.Contains(line)))
            {
                text.Append(CultureInfo.InvariantCulture, $"      {transcript.Side,-9} {line}\n");
            }
        }

        return text.ToString();
    }
}
