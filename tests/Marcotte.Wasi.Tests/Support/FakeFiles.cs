using System.Text;
using Marcotte.Core;

namespace Marcotte.Wasi.Tests;

/// <summary>A tree of files that answers what the test wants, and notes how it was asked.</summary>
internal sealed class FakeFiles : FileNamespace
{
    /// <summary>A description with another number in every field.</summary>
    internal static readonly FileStat SomeStat = new()
    {
        Device = 0x1111111111111111,
        Inode = 0x2222222222222222,
        Type = FileType.Regular,
        Mode = 0x1FF,
        Links = 0x33333333,
        Size = 0x4444444444444444,
        AccessTime = 0x5555555555555555,
        ModifyTime = 0x6666666666666666,
        ChangeTime = 0x7777777777777777,
    };

    private readonly List<string> _calls = [];

    /// <summary>What all calls answer.</summary>
    internal Errno Answer { get; set; }

    /// <summary>What is opened.</summary>
    internal Func<OpenRequest, OpenFile> Opened { get; set; } = request => new OpenFile(new FakeFile(), request.Access, request.Status);

    internal FileStat Known { get; set; } = SomeStat;

    internal string LinkContent { get; init; } = "where it leads";

    /// <summary>Whether calls are noted, which allocates.</summary>
    internal bool IsNoting { get; set; } = true;

    internal OpenRequest? Request { get; private set; }

    internal TimeUpdate? Times { get; private set; }

    internal OpenFile? Directory { get; private set; }

    internal IReadOnlyList<string> Calls => _calls;

    public override Errno Open(in PathReference path, in OpenRequest request, out OpenFile? file)
    {
        Request = request;
        file = Answer == Errno.Success ? Opened(request) : null;
        return Note("Open", path);
    }

    public override Errno Stat(in PathReference path, out FileStat stat)
    {
        stat = Known;
        return Note("Stat", path);
    }

    public override Errno SetTimes(in PathReference path, in TimeUpdate times)
    {
        Times = times;
        return Note("SetTimes", path);
    }

    public override Errno MakeDirectory(in PathReference path, ushort mode) => Note($"MakeDirectory {Convert.ToString(mode, 8)}", path);

    public override Errno RemoveDirectory(in PathReference path) => Note("RemoveDirectory", path);

    public override Errno Unlink(in PathReference path) => Note("Unlink", path);

    public override Errno Rename(in PathReference source, in PathReference target, RenameMode mode = RenameMode.Replace)
    {
        Note("Rename", source);
        return Note("to", target);
    }

    public override Errno Link(in PathReference source, in PathReference target)
    {
        Note("Link", source);
        return Note("to", target);
    }

    public override Errno SymbolicLink(ReadOnlySpan<byte> content, in PathReference path) =>
        Note($"SymbolicLink {Encoding.UTF8.GetString(content)}", path);

    public override Errno ReadLink(in PathReference path, Span<byte> buffer, out int count)
    {
        byte[] content = Encoding.UTF8.GetBytes(LinkContent);
        count = Math.Min(content.Length, buffer.Length);
        content.AsSpan(0, count).CopyTo(buffer);
        return Note("ReadLink", path);
    }

    private Errno Note(string call, in PathReference path)
    {
        Directory = path.Directory;
        if (IsNoting)
        {
            _calls.Add($"{call} {Encoding.UTF8.GetString(path.Path)} {path.Flags}");
        }

        return Answer;
    }
}
