using Marcotte.Core;

namespace Marcotte.Model.Tests;

/// <summary>What one side said to each call of a program, and the tree it was left with.</summary>
internal sealed record Transcript(string Side, Answer[] Answers, string Tree)
{
    internal static Transcript Of(Side side, Call[] program)
    {
        Answer[] answers = new Answer[program.Length];
        for (int i = 0; i < program.Length; i++)
        {
            answers[i] = program[i].Run(side);
        }

        side.Become(0, 0);
        for (int slot = 0; slot < Model.Tests.Side.Slots; slot++)
        {
            side.Close(slot);
        }

        string tree = TreeText.Of(side);
        return new Transcript(side.Name, answers, tree);
    }
}
