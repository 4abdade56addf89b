using Marcotte.Core;

namespace Marcotte.Wasix;

/// <summary>What a standard stream of a child is (WASIX <c>stdio_mode</c>).</summary>
internal enum StreamMode : uint
{
    Piped = 0,
    Inherit = 1,
    Null = 2,
    Log = 3,
}

/// <summary>The standard streams of a child, and the parent's ends of those that are pipes.</summary>
/// <param name="process">The parent.</param>
internal sealed class SpawnStreams(Process process)
{
    private static readonly byte[] NullDevice = "/dev/null"u8.ToArray();

    private readonly List<SpawnAction> _actions = [];
    private readonly int[] _ours = [-1, -1, -1];
    private readonly int[] _theirs = [-1, -1, -1];

    internal IReadOnlyList<SpawnAction> Actions => _actions;

    /// <summary>The child begins in a directory.</summary>
    internal void Enter(byte[] directory) => _actions.Add(new DirectoryAction(directory));

    /// <summary>Says what a stream is; a log is the parent's stream.</summary>
    internal Errno Add(int stream, StreamMode mode)
    {
        if (mode == StreamMode.Null)
        {
            AccessModes access = stream == 0 ? AccessModes.Read : AccessModes.Write;
            _actions.Add(new OpenAction(stream, NullDevice, new OpenRequest(OpenFlags.None, access)));
        }

        if (mode != StreamMode.Piped)
        {
            return Errno.Success;
        }

        // Exec closes both: the child has its end by the number of the stream alone.
        Errno errno = NewDescriptors.InstallPipe(process, StatusFlags.None, closeOnExec: true, out int reader, out int writer);
        if (errno == Errno.Success)
        {
            (_ours[stream], _theirs[stream]) = stream == 0 ? (writer, reader) : (reader, writer);
            _actions.Add(new DuplicateAction(_theirs[stream], stream));
        }

        return errno;
    }

    /// <summary>Closes the child's ends in the parent, and without a child the parent's too.</summary>
    internal void Finish(bool spawned)
    {
        for (int stream = 0; stream < _ours.Length; stream++)
        {
            if (_ours[stream] >= 0)
            {
                process.Descriptors.Close(_theirs[stream]);
                if (!spawned)
                {
                    process.Descriptors.Close(_ours[stream]);
                }
            }
        }
    }

    internal ProcessHandles Describe(int pid) => new() { ProcessId = pid, Input = End(0), Output = End(1), Error = End(2) };

    private OptionPid End(int stream) => _ours[stream] < 0 ? default : new OptionPid { Tag = 1, Value = _ours[stream] };
}
