namespace Marcotte.Guests.Tests;

/// <summary>What a guest's granted directories are mounts of, besides memory trees and directories of the host.</summary>
public enum MountKind
{
    /// <summary>A memory tree that begins as a snapshot.</summary>
    Snapshot,

    /// <summary>An overlay, everything that is there before the run in a snapshot below it.</summary>
    OverlayOnSnapshot,

    /// <summary>An overlay, everything that is there before the run in a directory of the host below it.</summary>
    OverlayOnHost,

    /// <summary>An overlay, everything that is there before the run in a tar below it.</summary>
    OverlayOnTar,

    /// <summary>A tar.</summary>
    Tar,

    /// <summary>A zip.</summary>
    Zip,
}
