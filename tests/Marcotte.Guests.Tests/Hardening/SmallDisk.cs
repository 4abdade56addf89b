using System.Diagnostics;

namespace Marcotte.Guests.Tests;

/// <summary>
/// A real file system of the kernel's with little room, and a shell that can change how it is mounted: a tmpfs in a mount
/// namespace that a child process has for itself, reached by that process's root. Nothing of the machine's changes, and
/// nobody has to be root.
/// </summary>
internal sealed class SmallDisk : IDisposable
{
    private const string Place = "/mnt";

    private readonly Process _shell;

    /// <param name="options">Options of the mount.</param>
    internal SmallDisk(string options)
    {
        _shell = Process.Start(new ProcessStartInfo("unshare", ["--user", "--map-root-user", "--mount", "sh"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        string answer = Do($"mount -t tmpfs -o {options} none {Place}");
        if (answer != "0")
        {
            Dispose();

            // Some systems let no ordinary user make a user namespace. That must be seen.
            Assert.Ignore($"NOT SHOWN: no file system of its own can be mounted here (unshare, mount: {answer}). Run it as root, or allow user namespaces.");
        }
    }

    /// <summary>Its path for this process.</summary>
    internal string Path => $"/proc/{_shell.Id}/root{Place}";

    /// <summary>Mounts it otherwise.</summary>
    internal void Remount(string options) => Assert.That(Do($"mount -o remount,{options} {Place}"), Is.EqualTo("0"));

    public void Dispose()
    {
        // What is mounted goes with the last process of its namespace.
        _shell.Kill();
        _shell.WaitForExit();
        _shell.Dispose();
    }

    /// <summary>Has the shell do something; its status, or why there is no shell.</summary>
    private string Do(string command)
    {
        try
        {
            _shell.StandardInput.WriteLine(command + "; echo $?");
            _shell.StandardInput.Flush();
            return _shell.StandardOutput.ReadLine() ?? _shell.StandardError.ReadToEnd().Trim();
        }
        catch (IOException)
        {
            return _shell.StandardError.ReadToEnd().Trim();
        }
    }
}
