namespace Marcotte.Vfs.Host;

/// <summary>How a host directory is reached. Hosts do not choose; tests do.</summary>
internal enum HostDriver
{
    /// <summary>The best there is.</summary>
    Automatic,

    /// <summary>Linux's calls on handles, without openat2.</summary>
    LinuxWithoutOpenAt2,

    /// <summary>What every operating system has.</summary>
    Portable,
}
