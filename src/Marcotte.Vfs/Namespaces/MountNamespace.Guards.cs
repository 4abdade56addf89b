using System.Text;
using Marcotte.Core;

namespace Marcotte.Vfs;

/// <content>Rules over parts of the tree.</content>
public sealed partial class MountNamespace
{
    /// <summary>
    /// Puts a name and all beneath it under a rule. There need be nothing of that name: the rule then lies on what comes to be
    /// there. Before any process starts.
    /// </summary>
    /// <remarks>
    /// A name that a rule lies on stays (EBUSY), and nothing is moved or linked across (EXDEV), as with a mount. Of two rules the
    /// one over the longer path counts, so rules come after all mounts, and outer ones before inner ones.
    /// </remarks>
    /// <param name="path">Absolute, without <c>.</c> and <c>..</c>.</param>
    /// <param name="guard">The rule.</param>
    /// <exception cref="ArgumentException">A component on the way is a file or a link.</exception>
    internal void Guard(string path, PathGuard guard)
    {
        byte[][] names = GuestPath.Split(GuestPath.Normalize(path, nameof(path)));
        lock (_lock)
        {
            Location at = new(Root, Root.Root.Acquire());
            for (int i = 0; i < names.Length; i++)
            {
                Errno errno = LookupLocked(at, names[i], out Mount? attached, out Inode? child);
                bool isLast = i == names.Length - 1;
                if (errno is not (Errno.Success or Errno.NoEnt) || (!isLast && child is { IsDirectory: false }))
                {
                    child?.Release();
                    at.Inode.Release();
                    throw new ArgumentException(
                        $"\"{path}\" cannot be under a rule: \"{Encoding.UTF8.GetString(names[i])}\" on the way is no directory. Name real directories.",
                        nameof(path));
                }

                if (attached is null && (isLast || child is null))
                {
                    AttachPartLocked(at, names.AsMemory(i), guard, child);
                    return;
                }

                at.Inode.Release();
                if (child is null)
                {
                    attached!.Await(names.AsMemory(i + 1), guard);
                    return;
                }

                at = new Location(attached ?? at.Mount, child);
            }

            at.Mount.SetGuard(guard);
            at.Inode.Release();
        }
    }

    private static Errno LookupLocked(in Location at, byte[] name, out Mount? attached, out Inode? child)
    {
        attached = at.Mount.MountAt(at.Inode, name);
        if (attached is { IsPart: false })
        {
            child = attached.Root.Acquire();
            return Errno.Success;
        }

        Errno errno = at.Inode.Lookup(name, out child);
        if (attached is not null && child is { IsDirectory: true })
        {
            attached.Continue(child);
        }

        return errno;
    }

    /// <summary>Makes the part, takes the reference to its directory over, and puts the mounts that lie in it into it.</summary>
    private static void AttachPartLocked(in Location at, ReadOnlyMemory<byte[]> names, PathGuard guard, Inode? top)
    {
        Mount part = new(at.Mount, at.Inode, names.Span[0]);
        part.Await(names[1..], guard);
        foreach (Mount child in at.Mount.Children)
        {
            if (top is not null && ReferenceEquals(child.Parent, at.Mount) && IsWithin(child.Directory!, top))
            {
                PathGuard? before = child.Guard;
                child.Parent = part;
                if (ReferenceEquals(before, at.Mount.Guard))
                {
                    child.SetGuard(guard);
                }
            }
        }

        at.Mount.Attach(part);
        top?.Release();
    }

    /// <summary>Whether a directory is another one or lies beneath it.</summary>
    internal static bool IsWithin(Inode directory, Inode top)
    {
        if (!ReferenceEquals(directory.FileSystem, top.FileSystem))
        {
            return false;
        }

        Inode at = directory.Acquire();
        for (;;)
        {
            if (at.Number == top.Number)
            {
                at.Release();
                return true;
            }

            Errno errno = at.LookupParent(out Inode? parent);
            bool isRoot = parent?.Number == at.Number;
            at.Release();
            if (errno != Errno.Success || isRoot)
            {
                parent?.Release();
                return false;
            }

            at = parent!;
        }
    }
}
