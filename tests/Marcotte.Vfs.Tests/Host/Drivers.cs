using System.IO.Abstractions.TestingHelpers;
using Marcotte.Core;
using Marcotte.Vfs.Abstractions;
using Marcotte.Vfs.Host;

namespace Marcotte.Vfs.Tests.Host;

/// <summary>The ways in which files outside of a box are reached; the same behaviour is asked of each.</summary>
public enum Driver
{
    Linux,
    LinuxWithoutOpenAt2,
    Portable,
    Mock,
}

/// <summary>A directory for one test, with something outside of it that must not be touched.</summary>
internal sealed class TestTree : IDisposable
{
    private readonly Driver _driver;
    private readonly string _top;
    private readonly MockFileSystem _mock = new(new Dictionary<string, MockFileData>(), "/inside");

    internal TestTree(Driver driver)
    {
        _driver = driver;
        _top = driver == Driver.Mock
            ? string.Empty
            : Path.Combine(Scratch, "marcotte-vfs-tests-" + Guid.NewGuid().ToString("N"));
        if (driver == Driver.Mock)
        {
            _mock.AddDirectory("/inside");
            _mock.AddFile("/outside/secret", new MockFileData("secret"));
        }
        else
        {
            Directory.CreateDirectory(Inside);
            Directory.CreateDirectory(Outside);
            File.WriteAllText(Path.Combine(Outside, "secret"), "secret");
        }
    }

    internal static IEnumerable<Driver> All => OperatingSystem.IsLinux() ? Enum.GetValues<Driver>() : [Driver.Portable, Driver.Mock];

    internal static IEnumerable<Driver> OfHost => All.Where(static driver => driver != Driver.Mock);

    internal static IEnumerable<Driver> OfLinux => All.Where(static driver => driver is Driver.Linux or Driver.LinuxWithoutOpenAt2);

    internal static bool IsInMemory => Scratch != Path.GetTempPath();

    /// <summary>In memory where there is such a place: the tests make many small files.</summary>
    private static string Scratch => Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();

    internal string Inside => _top + "/inside";

    internal string Outside => _top + "/outside";

    internal bool HasHardLinks => _driver is Driver.Linux or Driver.LinuxWithoutOpenAt2;

    internal bool MakesLinks => _driver != Driver.Portable;

    public void Dispose()
    {
        if (_driver != Driver.Mock)
        {
            Directory.Delete(_top, recursive: true);
        }
    }

    internal FileSystemSource Source(bool readOnly = false, string? directory = null) => _driver == Driver.Mock
        ? new AbstractedFileSystemSource("/", _mock, directory ?? Inside, readOnly)
        : new HostDirectorySource("/", directory ?? Inside, readOnly, _driver switch
        {
            Driver.LinuxWithoutOpenAt2 => HostDriver.LinuxWithoutOpenAt2,
            Driver.Portable => HostDriver.Portable,
            _ => HostDriver.Automatic,
        });

    internal MountedBox Box(bool readOnly = false, Limits? limits = null) => new(Source(readOnly), readOnly, limits: limits);

    /// <summary>A file's content as the host sees it.</summary>
    internal string HostRead(string path) => _driver == Driver.Mock ? _mock.File.ReadAllText(path) : File.ReadAllText(path);

    internal void HostWrite(string path, string content)
    {
        if (_driver == Driver.Mock)
        {
            _mock.File.WriteAllText(path, content);
        }
        else
        {
            File.WriteAllText(path, content);
        }
    }

    internal void HostMakeDirectory(string path)
    {
        if (_driver == Driver.Mock)
        {
            _mock.Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path);
        }
    }

    internal void HostLink(string path, string content)
    {
        if (_driver == Driver.Mock)
        {
            _mock.File.CreateSymbolicLink(path, content);
        }
        else
        {
            File.CreateSymbolicLink(path, content);
        }
    }

    internal bool HostExists(string path) => _driver == Driver.Mock
        ? _mock.File.Exists(path) || _mock.Directory.Exists(path)
        : File.Exists(path) || Directory.Exists(path);

    /// <summary>Nothing outside came, went or changed.</summary>
    internal void AssertOutsideUntouched()
    {
        Assert.That(HostRead(Outside + "/secret"), Is.EqualTo("secret"));
        string[] names = _driver == Driver.Mock ? _mock.Directory.GetFileSystemEntries(Outside) : Directory.GetFileSystemEntries(Outside);
        Assert.That(names, Has.Length.EqualTo(1));
    }
}
