using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Marcotte.Abi.Generator;

/// <summary>Reads a class that is marked [HostImports].</summary>
internal sealed class ClassReader
{
    private readonly INamedTypeSymbol _class;
    private readonly Compilation _compilation;
    private readonly Location _place;
    private readonly ImmutableArray<DiagnosticInfo>.Builder _diagnostics = ImmutableArray.CreateBuilder<DiagnosticInfo>();

    private ClassReader(INamedTypeSymbol symbol, Compilation compilation, Location place)
    {
        _class = symbol;
        _compilation = compilation;
        _place = place;
    }

    /// <summary>Reads the class that an attribute was found on.</summary>
    /// <param name="context">The attribute and the class.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The reading; null when another part of the class gives it.</returns>
    public static ClassReading? Read(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken)
    {
        INamedTypeSymbol symbol = (INamedTypeSymbol)context.TargetSymbol;
        AttributeData mark = symbol.GetAttributes().First(KernelTypes.IsHostImports);

        // Two parts of a class may bear the attribute, which is an error of the compiler's; the first part speaks.
        if (mark.ApplicationSyntaxReference?.SyntaxTree != context.TargetNode.SyntaxTree
            || !context.TargetNode.Span.Contains(mark.ApplicationSyntaxReference.Span))
        {
            return null;
        }

        ClassDeclarationSyntax declaration = (ClassDeclarationSyntax)context.TargetNode;
        ClassReader reader = new(symbol, context.SemanticModel.Compilation, declaration.Identifier.GetLocation());
        ImportClass? model = reader.Read(declaration, mark, cancellationToken);
        return new ClassReading(model, new EquatableArray<DiagnosticInfo>(reader._diagnostics.ToImmutable()));
    }

    private ImportClass? Read(ClassDeclarationSyntax declaration, AttributeData mark, CancellationToken cancellationToken)
    {
        bool possible = CheckClass(declaration) & CheckUnsafe() & CheckNames();
        string? encoder = ReadEncoder(mark);
        ImmutableArray<Import> imports = ReadImports(cancellationToken);
        if (!possible)
        {
            return null;
        }

        return new ImportClass(
            _class.ContainingNamespace.IsGlobalNamespace ? null : Names.Declared(_class.ContainingNamespace),
            new EquatableArray<TypeHeader>([.. declaration.AncestorsAndSelf().OfType<TypeDeclarationSyntax>().Reverse().Select(Header)]),
            _class.DeclaredAccessibility == Accessibility.Public,
            encoder,
            new EquatableArray<Import>(imports));
    }

    private static TypeHeader Header(TypeDeclarationSyntax type)
    {
        string keyword = type is RecordDeclarationSyntax { ClassOrStructKeyword: { RawKind: not 0 } kind }
            ? "record " + kind.Text
            : type.Keyword.Text;
        string modifier = type.Modifiers.Any(SyntaxKind.StaticKeyword) ? "static partial " : "partial ";
        return new TypeHeader(modifier + keyword, Names.Escaped(type.Identifier.ValueText));
    }

    private bool CheckClass(ClassDeclarationSyntax declaration)
    {
        (string Fault, string Remedy)? problem = null;
        TypeDeclarationSyntax? closed = declaration.Ancestors().OfType<TypeDeclarationSyntax>().FirstOrDefault(type => !type.Modifiers.Any(SyntaxKind.PartialKeyword));
        if (!_class.IsStatic || !declaration.Modifiers.Any(SyntaxKind.PartialKeyword))
        {
            problem = ("is not static partial", "declare it 'static partial class'");
        }
        else if (_class.IsFileLocal)
        {
            problem = ("is local to its file", "remove 'file' so that generated code can add to it");
        }
        else if (closed is not null)
        {
            problem = ($"is inside of '{closed.Identifier.ValueText}', which is not partial", $"declare '{closed.Identifier.ValueText}' partial, or move the class out of it");
        }
        else if (IsGeneric(_class))
        {
            problem = ("is generic or inside of a generic type, which native code cannot call", "make it non-generic, or move it out");
        }

        if (problem is { } p)
        {
            Report(Diagnostics.ClassCannotHoldImports, _place, _class.Name, p.Fault, p.Remedy);
        }

        return problem is null;
    }

    private static bool IsGeneric(INamedTypeSymbol type) => type.IsGenericType || (type.ContainingType is { } outer && IsGeneric(outer));

    private bool CheckUnsafe()
    {
        if (_compilation.Options is CSharpCompilationOptions { AllowUnsafe: true })
        {
            return true;
        }

        Report(Diagnostics.UnsafeCodeIsOff, _place, _class.Name);
        return false;
    }

    private bool CheckNames()
    {
        foreach (string name in (string[])[ClassWriter.ListName, ClassWriter.ThunksName])
        {
            if (_class.GetMembers(name).FirstOrDefault() is { } member)
            {
                Report(Diagnostics.NameIsTaken, member.Locations.FirstOrDefault(), _class.Name, name);
                return false;
            }
        }

        return true;
    }

    private string? ReadEncoder(AttributeData mark)
    {
        if (mark.NamedArguments.FirstOrDefault(argument => argument.Key == "ErrnoEncoder").Value.Value is not INamedTypeSymbol encoder
            || encoder.TypeKind == TypeKind.Error)
        {
            return null;
        }

        for (INamedTypeSymbol? type = encoder; type is not null; type = type.BaseType)
        {
            if (type.GetMembers("Encode").OfType<IMethodSymbol>().Any(CanEncode))
            {
                return Names.Qualified(encoder);
            }
        }

        Report(Diagnostics.ErrnoEncoderHasNoEncode, Places.Of(mark) ?? _place, Names.Readable(encoder), _class.Name);
        return null;
    }

    private bool CanEncode(IMethodSymbol method) =>
        method is { IsStatic: true, Arity: 0, ReturnsByRef: false, ReturnsByRefReadonly: false, ReturnType.SpecialType: SpecialType.System_Int32 }
        && method.Parameters.Length == 1
        && method.Parameters[0].RefKind == RefKind.None
        && KernelTypes.IsErrno(method.Parameters[0].Type)
        && _compilation.IsSymbolAccessibleWithin(method, _class);

    private ImmutableArray<Import> ReadImports(CancellationToken cancellationToken)
    {
        ImmutableArray<Import>.Builder imports = ImmutableArray.CreateBuilder<Import>();
        Dictionary<(string Module, string Name), string> offered = [];
        foreach (IMethodSymbol symbol in _class.GetMembers().OfType<IMethodSymbol>())
        {
            cancellationToken.ThrowIfCancellationRequested();
            AttributeData[] marks = [.. symbol.GetAttributes().Where(KernelTypes.IsHostImport)];
            if (marks.Length == 0 || symbol.MethodKind != MethodKind.Ordinary || symbol.IsImplicitlyDeclared)
            {
                continue;
            }

            ImportMethod? method = new MethodReader(symbol, _diagnostics).Read();
            foreach (AttributeData mark in marks)
            {
                if (ReadImport(mark, symbol, method, offered) is { } import)
                {
                    imports.Add(import);
                }
            }
        }

        return imports.ToImmutable();
    }

    private Import? ReadImport(AttributeData mark, IMethodSymbol symbol, ImportMethod? method, Dictionary<(string Module, string Name), string> offered)
    {
        // What is no constant the compiler speaks of itself.
        if (mark.ConstructorArguments.Length != 2 || mark.ConstructorArguments.Any(argument => argument.Kind == TypedConstantKind.Error))
        {
            return null;
        }

        TypedConstant module = mark.ConstructorArguments[0];
        TypedConstant name = mark.ConstructorArguments[1];
        AttributeReader attribute = new(mark);
        Location? place = Places.Of(mark) ?? symbol.Locations.FirstOrDefault();
        if (module.Value is not string moduleText || string.IsNullOrWhiteSpace(moduleText))
        {
            Report(Diagnostics.ImportHasNoName, place, symbol.Name, "module");
            return null;
        }

        if (name.Value is not string nameText || string.IsNullOrWhiteSpace(nameText))
        {
            Report(Diagnostics.ImportHasNoName, place, symbol.Name, "name");
            return null;
        }

        if (offered.TryGetValue((moduleText, nameText), out string? by))
        {
            Report(Diagnostics.ImportIsDuplicate, place, moduleText, nameText, by);
            return null;
        }

        offered.Add((moduleText, nameText), symbol.Name);
        if (attribute.Needs is { } needs && !KernelTypes.IsContract(needs))
        {
            Report(Diagnostics.NeedIsNoContract, place, Names.Readable(needs), nameText);
        }

        return method is null
            ? null
            : new Import(moduleText, nameText, attribute.Support, attribute.Needs is { } type ? Names.Qualified(type) : null, attribute.Note, method);
    }

    private void Report(DiagnosticDescriptor descriptor, Location? place, params string[] arguments) =>
        _diagnostics.Add(DiagnosticInfo.Create(descriptor, place, arguments));
}
