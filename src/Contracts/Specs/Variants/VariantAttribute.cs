namespace Ptune.Contracts.Specs;

/// <summary>One of the types that stand for a base type in a spec, told apart by the word behind <c>kind</c>.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Interface, AllowMultiple = true, Inherited = false)]
public sealed class VariantAttribute(Type type, string word) : Attribute
{
    public Type Type { get; } = type;

    public string Word { get; } = word;

    /// <summary>Without a kind it is this one, and its kind is never written: what was stored before there were others keeps its ids.</summary>
    public bool IsDefault { get; init; }
}
