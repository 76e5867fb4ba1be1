namespace Ptune.Contracts.Specs;

/// <summary>The kinds that a member accepts, of those that its type has.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class KindsAttribute(params string[] kinds) : Attribute
{
    public IReadOnlyList<string> Kinds { get; } = kinds;
}
