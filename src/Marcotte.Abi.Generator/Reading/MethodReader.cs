using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Marcotte.Abi.Generator;

/// <summary>Reads a method that is marked [HostImport].</summary>
/// <param name="method">The method.</param>
/// <param name="diagnostics">Takes what is wrong with it.</param>
internal sealed class MethodReader(IMethodSymbol method, ImmutableArray<DiagnosticInfo>.Builder diagnostics)
{
    /// <summary>Reads it.</summary>
    /// <returns>The model; null when no thunk can be made.</returns>
    public ImportMethod? Read()
    {
        bool callable = CheckMethod();
        bool threaded = CheckThread();
        ImportResult? result = ReadResult();

        // Without the thread it is not said which parameter the guest's first is.
        if (!threaded)
        {
            return null;
        }

        bool takesMemory = method.Parameters.Length > 1 && KernelTypes.IsMemory(method.Parameters[1].Type);
        bool memoryIsValue = !takesMemory || CheckByValue(method.Parameters[1]);
        ImmutableArray<ImportParameter>? parameters = ReadParameters(method.Parameters.Skip(takesMemory ? 2 : 1));
        return callable && memoryIsValue && result is not null && parameters is { } all
            ? new ImportMethod(
                Names.Qualified(method.ContainingType) + "." + Names.Escaped(method.Name),
                takesMemory,
                new EquatableArray<ImportParameter>(all),
                result)
            : null;
    }

    private bool CheckMethod()
    {
        (string Fault, string Remedy)? problem = method switch
        {
            { IsStatic: false } => ("is not static", "make it static"),
            { IsGenericMethod: true } => ("is generic, which native code cannot call", "make it non-generic"),
            { IsAsync: true } => ("is async, which a guest cannot await", "make it synchronous and wait through the thread's Waiter"),
            _ when method.GetAttributes().Any(a => a.AttributeClass?.Name == "UnmanagedCallersOnlyAttribute") =>
                ("is [UnmanagedCallersOnly], which managed code cannot call", "remove that attribute, since the generated thunk bears it"),
            _ => null,
        };
        if (problem is { } p)
        {
            Report(Diagnostics.MethodCannotBeImported, method.Locations.FirstOrDefault(), method.Name, p.Fault, p.Remedy);
        }

        return problem is null;
    }

    private bool CheckThread()
    {
        if (method.Parameters.FirstOrDefault() is { } first && (KernelTypes.IsThread(first.Type) || IsUnknown(first.Type)))
        {
            return CheckByValue(first) && !IsUnknown(first.Type);
        }

        Report(Diagnostics.ThreadIsNotFirst, method.Locations.FirstOrDefault(), method.Name);
        return false;
    }

    private ImmutableArray<ImportParameter>? ReadParameters(IEnumerable<IParameterSymbol> symbols)
    {
        ImmutableArray<ImportParameter>.Builder parameters = ImmutableArray.CreateBuilder<ImportParameter>();
        bool complete = true;
        foreach (IParameterSymbol symbol in symbols)
        {
            if (!CheckByValue(symbol))
            {
                complete = false;
                continue;
            }

            if (ParameterTypes.Read(symbol) is { } parameter)
            {
                parameters.Add(parameter);
                continue;
            }

            complete = false;
            if (!IsUnknown(symbol.Type))
            {
                Report(
                    Diagnostics.ParameterTypeIsUnsupported,
                    symbol.Locations.FirstOrDefault(),
                    symbol.Name,
                    method.Name,
                    Names.Readable(symbol.Type),
                    ParameterTypes.Remedy(symbol));
            }
        }

        return complete ? parameters.ToImmutable() : null;
    }

    private bool CheckByValue(IParameterSymbol parameter)
    {
        string? keyword = parameter.RefKind switch
        {
            RefKind.None => null,
            RefKind.Ref => "ref",
            RefKind.Out => "out",
            RefKind.In => "in",
            _ => "ref readonly",
        };
        if (keyword is null)
        {
            return true;
        }

        Report(Diagnostics.ParameterIsByReference, parameter.Locations.FirstOrDefault(), parameter.Name, method.Name, keyword);
        return false;
    }

    // Of a name that means nothing the compiler speaks itself.
    private static bool IsUnknown(ITypeSymbol type) =>
        type.TypeKind == TypeKind.Error || (type is INamedTypeSymbol named && named.TypeArguments.Any(IsUnknown));

    private ImportResult? ReadResult()
    {
        ITypeSymbol type = method.ReturnType;
        if (!method.ReturnsByRef && !method.ReturnsByRefReadonly)
        {
            if (method.ReturnsVoid)
            {
                return new ImportResult(ResultShape.None, "", "void");
            }

            if (KernelTypes.IsErrno(type))
            {
                return new ImportResult(ResultShape.Errno, "I32", Names.Qualified(type));
            }

            if (ParameterTypes.Number(type) is { } number)
            {
                return new ImportResult(ResultShape.Value, number.Slot, Names.Qualified(type));
            }
        }

        if (!IsUnknown(type))
        {
            Report(Diagnostics.ReturnTypeIsUnsupported, method.Locations.FirstOrDefault(), method.Name, Names.Readable(type));
        }

        return null;
    }

    private void Report(DiagnosticDescriptor descriptor, Location? place, params string[] arguments) =>
        diagnostics.Add(DiagnosticInfo.Create(descriptor, place, arguments));
}
