namespace Ptune.Contracts.Specs;

/// <summary>Of the kinds that a member's type has, those that are of use there.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class KindsAttribute(params string[] kinds) : Attribute
{
    public IReadOnlyList<string> Kinds { get; } = kinds;
}
