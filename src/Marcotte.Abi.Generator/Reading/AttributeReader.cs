using System.Globalization;
using Microsoft.CodeAnalysis;

namespace Marcotte.Abi.Generator;

/// <summary>Reads what a [HostImport] says beside the import's module and name.</summary>
/// <param name="mark">The attribute.</param>
internal sealed class AttributeReader(AttributeData mark)
{
    private const string SupportLevel = "global::" + KernelTypes.Core + ".SupportLevel";

    /// <summary>The support level, as an expression.</summary>
    public string Support
    {
        get
        {
            TypedConstant level = Argument("Support");
            if (level.Value is null)
            {
                return SupportLevel + ".Full";
            }

            IFieldSymbol? member = level.Type?.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(constant => Equals(constant.ConstantValue, level.Value));
            return member is not null
                ? $"{SupportLevel}.{member.Name}"
                : $"({SupportLevel})({Convert.ToString(level.Value, CultureInfo.InvariantCulture)})";
        }
    }

    /// <summary>The contract it needs; null when it needs none or its name means nothing.</summary>
    public INamedTypeSymbol? Needs => Argument("Needs").Value is INamedTypeSymbol { TypeKind: not TypeKind.Error } type ? type : null;

    /// <summary>What the support level leaves to say.</summary>
    public string? Note => Argument("Note").Value as string;

    private TypedConstant Argument(string name) => mark.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value;
}
