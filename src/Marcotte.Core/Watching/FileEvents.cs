namespace Marcotte.Core;

/// <summary>Told what happens through an open file; a file system layer that watches files derives from it.</summary>
/// <remarks>Called on the hot path with no lock held, and only for open files that were given one.</remarks>
public abstract class FileEvents
{
    /// <summary>Bytes were read.</summary>
    /// <param name="file">The open file.</param>
    public abstract void Accessed(OpenFile file);

    /// <summary>Bytes were written, or the length changed.</summary>
    /// <param name="file">The open file.</param>
    public abstract void Modified(OpenFile file);

    /// <summary>Mode, owner or times changed.</summary>
    /// <param name="file">The open file.</param>
    public abstract void Changed(OpenFile file);

    /// <summary>The last descriptor is gone.</summary>
    /// <param name="file">The open file.</param>
    public abstract void Closed(OpenFile file);
}
