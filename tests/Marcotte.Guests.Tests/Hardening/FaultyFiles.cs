using System.IO.Abstractions;
using System.Reflection;

namespace Marcotte.Guests.Tests;

/// <summary>What goes wrong, and with which calls, by their names.</summary>
internal sealed class Fault
{
    private volatile Exception? _exception;
    private volatile string[] _calls = [];

    /// <summary>From now on these calls throw.</summary>
    internal void Set(Exception? exception, params string[] calls) => (_calls, _exception) = (calls, exception);

    internal void Meet(string call)
    {
        if (_exception is { } exception && _calls.Contains(call))
        {
            throw exception;
        }
    }
}

/// <summary>A file system whose calls fail when a test says so, and are another's otherwise.</summary>
#pragma warning disable CA1852 // DispatchProxy derives from it
internal class FaultyFiles : DispatchProxy
#pragma warning restore CA1852
{
    private object _inner = null!;
    private Fault _fault = null!;

    internal static IFileSystem Of(IFileSystem inner, Fault fault) => (IFileSystem)Wrap(inner, typeof(IFileSystem), fault);

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        _fault.Meet(targetMethod!.Name);
        try
        {
            object? result = targetMethod.Invoke(_inner, args);
            return result switch
            {
                FileSystemStream stream => new FaultyStream(stream, _fault),
                not null when IsPart(targetMethod.ReturnType) => Wrap(result, targetMethod.ReturnType, _fault),
                _ => result,
            };
        }
        catch (TargetInvocationException exception)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(exception.InnerException!);
            throw;
        }
    }

    private static bool IsPart(Type type) => type is { IsInterface: true, IsGenericType: false } && type.Namespace == typeof(IFileSystem).Namespace;

    private static object Wrap(object inner, Type type, Fault fault)
    {
        object proxy = Create(type, typeof(FaultyFiles));
        ((FaultyFiles)proxy)._inner = inner;
        ((FaultyFiles)proxy)._fault = fault;
        return proxy;
    }

    private sealed class FaultyStream(FileSystemStream inner, Fault fault) : FileSystemStream(inner, inner.Name, inner.IsAsync)
    {
        public override int Read(Span<byte> buffer)
        {
            fault.Meet(nameof(Read));
            return base.Read(buffer);
        }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            fault.Meet(nameof(Write));
            base.Write(buffer);
        }

        public override void SetLength(long value)
        {
            fault.Meet(nameof(SetLength));
            base.SetLength(value);
        }

        public override void Flush()
        {
            fault.Meet(nameof(Flush));
            base.Flush();
        }

        public override void Flush(bool flushToDisk)
        {
            fault.Meet(nameof(Flush));
            base.Flush(flushToDisk);
        }
    }
}
