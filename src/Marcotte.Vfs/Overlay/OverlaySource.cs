using Marcotte.Core;

namespace Marcotte.Vfs.Overlay;

/// <summary>Overlays: file systems of several sources on top of each other.</summary>
internal sealed class OverlaySource(string mountPoint, FileSystemSource upper, FileSystemSource[] lowers) : FileSystemSource
{
    public override void Validate()
    {
        if (lowers.Length is 0 or > OverlayFileSystem.LowersLimit)
        {
            throw new ArgumentException(
                $"The overlay at \"{mountPoint}\" has {lowers.Length} lower layers; give it 1 to {OverlayFileSystem.LowersLimit} by Lower.");
        }

        upper.Validate();
        Array.ForEach(lowers, lower => lower.Validate());
    }

    public override FileSystem Open(Kernel kernel)
    {
        List<FileSystem> opened = new(lowers.Length + 1);
        try
        {
            foreach (FileSystemSource lower in lowers)
            {
                opened.Add(lower.Open(kernel));
            }

            FileSystem top = upper.Open(kernel);
            opened.Add(top);
            return new OverlayFileSystem(top, opened.Take(lowers.Length));
        }
        catch
        {
            opened.ForEach(fileSystem => fileSystem.Dispose());
            throw;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            upper.Dispose();
            Array.ForEach(lowers, lower => lower.Dispose());
        }

        base.Dispose(disposing);
    }
}
