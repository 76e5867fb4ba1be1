namespace Ptune.Contracts.Specs;

/// <summary>
/// The name that a member had before. Specs may still use it, and stored states and ids always do: what is stored can be read by the version
/// before, and no id changes.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FormerNameAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}
