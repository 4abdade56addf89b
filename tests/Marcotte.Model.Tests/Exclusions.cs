using System.Text.RegularExpressions;
using Marcotte.Core;

namespace Marcotte.Model.Tests;

/// <summary>Where sides may differ, all of it and why.</summary>
internal static partial class Exclusions
{
    /// <summary>Whether two sides have said the same to a call.</summary>
    internal static bool AreSame(Call[] program, int index, Transcript one, Transcript other)
    {
        Answer first = one.Answers[index];
        Answer second = other.Answers[index];
        if (first == second)
        {
            return true;
        }

        bool isKernel = one.Side == "kernel" || other.Side == "kernel";
        return (program[index] is SeekContent && HoleMayBe(program, index, first) && HoleMayBe(program, index, second)) ||
            (isKernel && IsNotLinux(program[index], first, second)) || first.Errno == second.Errno && first.Value == second.Value && AreSame(first.Text, second.Text, one, other);
    }

    /// <summary>Whether two sides were left with the same tree.</summary>
    internal static bool AreSameTrees(Transcript one, Transcript other) => AreSame(one.Tree, other.Tree, one, other);

    /// <summary>
    /// What was allocated and never written is data to some file systems and a hole to others, and a copy may keep holes or fill
    /// them: all of that POSIX allows.
    /// </summary>
    private static bool HoleMayBe(Call[] program, int index, Answer answer) =>
        answer.Errno is Errno.Success or Errno.NxIO && Array.Exists(program[..index], static call => call is Allocate or Copy);

    /// <summary>Where a box does what POSIX or preview 1 says, and Linux something else.</summary>
    private static bool IsNotLinux(Call call, Answer kernel, Answer box) => call switch
    {
        // Linux refuses a buffer of nothing before it looks at the path.
        ReadLink { Length: 0 } => kernel.Errno == Errno.Inval,

        // Preview 1 has no offset in a directory but the listing's cookies.
        Seek or SeekContent => box.Errno == Errno.IsDir,

        // In a sticky directory that all may write to, Linux lets nobody open another's file by O_CREAT unless it is a plain file:
        // that comes before it sees that it is a link.
        Open { Follow: false } => kernel.Errno == Errno.Access && box.Errno == Errno.Loop,

        // Beyond the end of the largest file there is nothing to read and no room to write (POSIX); Linux minds the sum.
        Read or ReadAt => kernel.Errno == Errno.Inval && (box == new Answer(Errno.Success) || box.Errno == Errno.IsDir),
        Write => kernel.Errno == Errno.Inval && box.Errno == Errno.FBig,
        _ => false,
    };

    /// <summary>The same call as one that every file system of the host has.</summary>
    internal static Call WithoutZeroRange(Call call) =>
        call is Allocate { Mode: Allocation.ZeroRange } allocate ? allocate with { Mode = Allocation.PunchHole } : call;

    private static bool AreSame(string first, string second, Transcript one, Transcript other) =>
        first == second || ((one.Side == "overlay" || other.Side == "overlay") && WithoutLinks(first) == WithoutLinks(second));

    /// <summary>An overlay's directories have one link, since nobody has counted what is beneath those that are merged (overlayfs does so too).</summary>
    internal static string WithoutLinks(string text) => DirectoryLinks().Replace(text, "$1");

    [GeneratedRegex("(Directory [0-7]+ [0-9:]+) links [0-9]+")]
    private static partial Regex DirectoryLinks();
}
