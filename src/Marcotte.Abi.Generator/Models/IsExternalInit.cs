namespace System.Runtime.CompilerServices;

/// <summary>What the compiler asks for to make records; .NET Standard does not have it.</summary>
internal static class IsExternalInit;
