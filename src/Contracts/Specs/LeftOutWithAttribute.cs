namespace Ptune.Contracts.Specs;

/// <summary>Marks a member that says nothing, and is not written, where another member of the object is set.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class LeftOutWithAttribute(string member) : Attribute
{
    public string Member { get; } = member;
}
