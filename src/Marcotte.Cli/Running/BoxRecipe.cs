using Marcotte.Core;
using Marcotte.Cli.Streams;
using Marcotte.Vfs;
using Marcotte.Vfs.Overlay;

namespace Marcotte.Cli;

/// <summary>Makes of a request what a box is built from: each thing granted is granted here.</summary>
internal static class BoxRecipe
{
    /// <summary>Where relative paths start, as wasi-libc finds it among its preopened directories.</summary>
    private const string WorkingDirectoryName = ".";

    /// <summary>One box at a time needs no pool, whose reservation would cost most of a short run.</summary>
    internal static BoxEngineOptions Engine(RunRequest request) => new()
    {
        Pooling = false,
        StackBytes = Limits.Default.StackBytes,
        Fuel = request.Fuel is not null,
    };

    internal static BoxBuilder Builder(RunRequest request) => new BoxBuilder()
        .WithLimits(limits => limits with
        {
            MemoryBytes = request.MemoryBytes ?? limits.MemoryBytes,
            Fuel = request.Fuel,
            WallClock = request.Timeout,
        })
        .WithRules(request)
        .UseFiles(request)
        .UseClock(clock => _ = request.Clock switch
        {
            { Start: { } start, IsVirtual: true } => clock.Virtual(start),
            { Start: { } now } => clock.Fixed(now),
            _ => clock.System(),
        })
        .UseEnv(environment =>
        {
            environment.ProgramName(Path.GetFileName(request.Module)).Arguments(request.Arguments).Variables(Variables(request));
            if (request.User is { } user)
            {
                environment.User(user.User, user.Group);
            }

            _ = request.Seed is { } seed ? environment.SeededEntropy(seed) : environment.SystemEntropy();
        })
        .UseProcesses()
        .UseWasix()
        .UseWasi(wasi =>
        {
            if (request.Mounts.Count == 0)
            {
                wasi.WithoutPreopens();
            }

            foreach (string path in request.Mounts.Select(mount => mount.GuestPath).Distinct())
            {
                wasi.Preopen(path);
            }

            if (request.WorkingDirectory is { } directory)
            {
                wasi.Preopen(directory, WorkingDirectoryName);
            }
        });

    /// <summary>The tool's own streams, unbuffered and in order.</summary>
    internal static BoxBuilder WithHostStreams(this BoxBuilder builder, RunRequest request) => builder
        .WithInput(request.Clock.IsVirtual && Console.IsInputRedirected ? Steady() : StandardInput.From(HostStreams.OpenInput(), !Console.IsInputRedirected))
        .WithOutput(StandardOutput.To(HostStreams.OpenOutput(), !Console.IsOutputRedirected))
        .WithError(StandardOutput.To(HostStreams.OpenError(), !Console.IsErrorRedirected));

    // As a file is read: always ready, and always as much as is asked for, whenever the bytes come.
    private static StandardInput Steady()
    {
        Stream input = HostStreams.OpenInput();
        return StandardInput.From(buffer => input.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false));
    }

    private static BoxBuilder WithRules(this BoxBuilder builder, RunRequest request) => builder.WithPolicy(policy =>
    {
        foreach (Denial denial in request.Denials)
        {
            policy.Deny(denial.Calls, denial.Errno);
        }

        foreach (string calls in request.Observations)
        {
            policy.Observe(calls);
        }
    });

    private static BoxBuilder UseFiles(this BoxBuilder builder, RunRequest request) => builder.UseVfs(files =>
    {
        foreach (IGrouping<string, MountPoint> mounts in request.Mounts.GroupBy(mount => mount.GuestPath))
        {
            Mount(files, mounts.Key, [.. mounts]);
        }

        // The box's own devices and processes, nothing of the host's; not where somebody wants something else.
        if (IsFree(request, "/dev"))
        {
            files.MountDevices("/dev");
        }

        if (IsFree(request, "/proc"))
        {
            files.MountProc("/proc");
        }
    });

    private static bool IsFree(RunRequest request, string path) =>
        !request.Mounts.Any(mount => mount.GuestPath == path || mount.GuestPath.StartsWith(path + "/", StringComparison.Ordinal));

    private static void Mount(VfsOptions files, string path, MountPoint[] mounts)
    {
        MountPoint mount = mounts[0];
        MountOptions options = new()
        {
            ReadOnly = mount.Traits.HasFlag(MountTraits.ReadOnly),
            NoExecute = mounts.Any(layer => layer.Traits.HasFlag(MountTraits.NoExecute)),
        };
        _ = mount switch
        {
            { IsOverlay: true } => files.MountOverlay(path, overlay => Array.ForEach(mounts, layer => AddTo(overlay, layer)), options),
            { Kind: MountKind.Memory } => files.MountMemory(path, options),
            { Kind: MountKind.Archive } => files.MountArchive(path, mount.HostPath, ArchiveOptions.Default, options),
            _ => files.MountHostDirectory(path, mount.HostPath, options),
        };
    }

    private static void AddTo(OverlayOptions overlay, MountPoint layer) =>
        _ = layer.Kind == MountKind.Archive ? overlay.LowerArchive(layer.HostPath) : overlay.LowerHostDirectory(layer.HostPath);

    // What --env says of them counts more.
    private static IEnumerable<KeyValuePair<string, string>> Variables(RunRequest request)
    {
        List<KeyValuePair<string, string>> variables = [];
        if (request.WorkingDirectory is { } directory)
        {
            variables.Add(new("PWD", directory));
        }

        if (request.Interactive && Environment.GetEnvironmentVariable("TERM") is { Length: > 0 } terminal)
        {
            variables.Add(new("TERM", terminal));
        }

        return [.. variables, .. request.Variables];
    }
}
