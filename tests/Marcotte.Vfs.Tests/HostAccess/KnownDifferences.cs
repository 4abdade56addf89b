namespace Marcotte.Vfs.Tests.HostAccess;

/// <summary>Where a box's tree is not what .NET on Linux is, all of them and why.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>There are no <c>SafeFileHandle</c>s, and nothing of System.IO can be wrapped: a box's file is none of the operating system's.</item>
/// <item><c>IFileSystemInfo.UnixFileMode</c> tells the bits, as .NET does; System.IO.Abstractions' wrapper forgets to and tells none.</item>
/// <item>Streams keep nothing back, so that others see a write before it is flushed.</item>
/// <item><c>FileShare</c> is not seen by the host's other processes or by guests: .NET uses flock, which they could see.</item>
/// <item>File versions are empty: .NET reads them out of .NET assemblies.</item>
/// <item>Watchers tell of all that is in a new directory, once; .NET's miss what came before they saw the directory, and tell of some twice.</item>
/// </list>
/// </remarks>
internal static class KnownDifferences;
