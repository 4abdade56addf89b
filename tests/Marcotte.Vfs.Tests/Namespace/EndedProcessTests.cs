using Marcotte.Core;

namespace Marcotte.Vfs.Tests.Namespaces;

/// <summary>Where processes are, from fork to end.</summary>
internal sealed class EndedProcessTests
{
    [Test]
    public void A_child_has_directories_of_its_own_and_gives_them_back()
    {
        CountedTree tree = new();
        using TestBox box = new(options => options.MountMemory("/").Mount("/t", new Source(tree)));
        Assert.That(box.Files.ChangeDirectory(box.Path("/t/d")), Is.EqualTo(Errno.Success));
        Process child = box.Process.Fork(2);
        Assert.That(box.Files.ChangeDirectory(box.Path("/")), Is.EqualTo(Errno.Success));
        byte[] path = new byte[9];
        Assert.That(box.Files.WorkingDirectory(child, path, out int count), Is.EqualTo(Errno.Success));
        Assert.That(path.AsSpan(0, count).SequenceEqual("/t/d"u8), "the child stays");
        Assert.That(tree.Held, Is.GreaterThan(0));
        child.Close();
        Assert.That(tree.Held, Is.Zero);
    }

    private sealed class Source(FileSystem tree) : FileSystemSource
    {
        public override FileSystem Open(Kernel kernel) => tree;
    }

    /// <summary>A directory <c>d</c> that counts who holds it.</summary>
    private sealed class CountedTree : FileSystem
    {
        private readonly Top _root;

        public CountedTree() => _root = new Top(this);

        public int Held { get; private set; }

        public override Inode Root => _root;

        private sealed class Top(CountedTree tree) : Inode(tree, FileType.Directory, 1)
        {
            public override Errno Stat(out FileStat stat)
            {
                stat = new FileStat { Type = Type, Mode = 0x1ED };
                return Errno.Success;
            }

            public override Errno Lookup(ReadOnlySpan<byte> name, out Inode? child)
            {
                child = new Lower(tree, this);
                tree.Held++;
                return Errno.Success;
            }

            public override Errno FindName(Inode child, Span<byte> name, out int length)
            {
                "d"u8.CopyTo(name);
                length = 1;
                return Errno.Success;
            }
        }

        private sealed class Lower(CountedTree tree, Inode above) : Inode(tree, FileType.Directory, 2, counted: true)
        {
            public override Errno Stat(out FileStat stat) => above.Stat(out stat);

            public override Errno LookupParent(out Inode? parent)
            {
                parent = above;
                return Errno.Success;
            }

            protected override void Drop() => tree.Held--;
        }
    }
}
