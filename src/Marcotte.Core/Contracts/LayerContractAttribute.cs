namespace Marcotte.Core;

/// <summary>Marks a contract that a layer fulfils, with the words for an error that asks for it.</summary>
/// <param name="noun">What the contract gives, such as <c>a clock</c>.</param>
/// <param name="method">The builder's method that adds it.</param>
/// <param name="package">The package that has the method.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class LayerContractAttribute(string noun, string method, string package) : Attribute
{
    /// <summary>What the contract gives.</summary>
    public string Noun => noun;

    /// <summary>The builder's method that adds it.</summary>
    public string Method => method;

    /// <summary>The package that has the method.</summary>
    public string Package => package;
}
