namespace Marcotte.Abi.Generator;

/// <summary>What was read of a class: the model when code can be made, and what is to be said.</summary>
/// <param name="Class">The model; null when nothing can be made.</param>
/// <param name="Diagnostics">What is to be said.</param>
internal sealed record ClassReading(ImportClass? Class, EquatableArray<DiagnosticInfo> Diagnostics);
