using Marcotte.Core;

namespace Marcotte.Processes.Tests;

[TestFixture]
public sealed class BoundTests
{
    [Test]
    public void The_limit_of_descriptors_holds()
    {
        TestBox.Run(context =>
        {
            ProcessTable processes = context.Kernel.Processes;
            Process self = context.Process;
            processes.GetLimit(self, 0, Resource.Descriptors, out ResourceLimit limit);
            Assert.That(limit, Is.EqualTo(new ResourceLimit(1024, 1024)));
            Assert.That(processes.SetLimit(self, 0, Resource.Descriptors, new ResourceLimit(2, 10)), Is.EqualTo(Errno.Success));
            OpenFile file = new(new Nothing(), AccessModes.Read);
            Assert.That(self.Descriptors.Add(new Descriptor(file), out _), Is.EqualTo(Errno.Success));
            Assert.That(self.Descriptors.Add(new Descriptor(file), out _), Is.EqualTo(Errno.Success));
            Assert.That(self.Descriptors.Add(new Descriptor(file), out _), Is.EqualTo(Errno.MFile));
            Assert.That(self.Descriptors.Set(new Descriptor(file), 2), Is.EqualTo(Errno.BadF));
            Assert.That(processes.SetLimit(self, 0, Resource.Descriptors, new ResourceLimit(2, 2000)), Is.EqualTo(Errno.Perm), "more than the host allows");
            int id = context.Fork(child => child.Process.Descriptors.Limit);
            Assert.That(context.Await(id).Code, Is.EqualTo(2), "a child has its parent's");
            return 0;
        }).ShouldExit();
    }

    [Test]
    public void The_limit_of_file_sizes_goes_to_children_and_can_be_lifted()
    {
        TestBox.Run(context =>
        {
            ProcessTable processes = context.Kernel.Processes;
            Process self = context.Process;
            Assert.That(processes.SetLimit(self, 0, Resource.FileSize, new ResourceLimit(7, ulong.MaxValue)), Is.EqualTo(Errno.Success));
            int id = context.Fork(child => (int)child.Process.FileSizeLimit);
            Assert.That(context.Await(id).Code, Is.EqualTo(7));
            Assert.That(processes.SetLimit(self, 0, Resource.FileSize, ResourceLimit.None), Is.EqualTo(Errno.Success));
            Assert.That(self.FileSizeLimit, Is.EqualTo(long.MaxValue));
            return 0;
        }).ShouldExit();
    }

    [Test]
    public void Limits_refuse_what_POSIX_says()
    {
        TestBox.Run(context =>
        {
            ProcessTable processes = context.Kernel.Processes;
            Process self = context.Process;
            Assert.That(processes.GetLimit(self, 0, (Resource)16, out _), Is.EqualTo(Errno.Inval));
            Assert.That(processes.SetLimit(self, 0, Resource.Core, new ResourceLimit(2, 1)), Is.EqualTo(Errno.Inval));
            Assert.That(processes.GetLimit(self, 77, Resource.Core, out _), Is.EqualTo(Errno.Srch));
            Assert.That(processes.SetLimit(self, 0, Resource.FileSize, new ResourceLimit(5, 5)), Is.EqualTo(Errno.Success));
            int id = context.Fork(child =>
            {
                ProcessTable own = child.Kernel.Processes;
                child.Process.Credentials = new Credentials(5, 5);
                own.GetLimit(child.Process, 0, Resource.FileSize, out ResourceLimit limit);
                Assert.That(limit, Is.EqualTo(new ResourceLimit(5, 5)));
                Assert.That(own.SetLimit(child.Process, 0, Resource.FileSize, new ResourceLimit(5, 6)), Is.EqualTo(Errno.Perm));
                Assert.That(own.SetLimit(child.Process, 0, Resource.FileSize, new ResourceLimit(1, 4)), Is.EqualTo(Errno.Success));
                Assert.That(own.SetLimit(child.Process, 1, Resource.FileSize, new ResourceLimit(1, 1)), Is.EqualTo(Errno.Perm));
                return 0;
            });
            Assert.That(context.Await(id), Is.EqualTo(WaitStatus.Exited(0)));
            processes.GetLimit(self, 0, Resource.FileSize, out ResourceLimit kept);
            Assert.That(kept, Is.EqualTo(new ResourceLimit(5, 5)));
            return 0;
        }).ShouldExit();
    }

    [Test]
    public void Niceness_is_kept_and_told()
    {
        TestBox.Run(context =>
        {
            ProcessTable processes = context.Kernel.Processes;
            Process self = context.Process;
            Assert.That(processes.SetPriority(self, PriorityScope.Process, 0, 99), Is.EqualTo(Errno.Success));
            processes.GetPriority(self, PriorityScope.Process, 0, out int value);
            Assert.That(value, Is.EqualTo(19));
            processes.SetPriority(self, PriorityScope.Group, 0, 3);
            int id = context.Fork(child =>
            {
                ProcessTable own = child.Kernel.Processes;
                child.Process.Credentials = new Credentials(5, 5);
                Assert.That(own.SetPriority(child.Process, PriorityScope.Process, 0, 2), Is.EqualTo(Errno.Access));
                Assert.That(own.SetPriority(child.Process, PriorityScope.Process, 1, 9), Is.EqualTo(Errno.Perm));
                Assert.That(own.SetPriority(child.Process, PriorityScope.User, 5, 4), Is.EqualTo(Errno.Success));
                own.GetPriority(child.Process, PriorityScope.User, 0, out int mine);
                return mine;
            });
            Assert.That(context.Await(id), Is.EqualTo(WaitStatus.Exited(4)));
            Assert.That(processes.GetPriority(self, PriorityScope.Process, 77, out _), Is.EqualTo(Errno.Srch));
            Assert.That(processes.GetPriority(self, (PriorityScope)3, 0, out _), Is.EqualTo(Errno.Inval));
            Assert.That(processes.SetPriority(self, (PriorityScope)3, 0, 0), Is.EqualTo(Errno.Inval));
            return 0;
        }).ShouldExit();
    }

    private sealed class Nothing : FileOperations
    {
        public override FileType Type => FileType.Unknown;
    }
}
