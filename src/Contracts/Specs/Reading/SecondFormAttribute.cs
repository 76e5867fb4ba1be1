namespace Ptune.Contracts.Specs.Reading;

/// <summary>Marks the second form of a kind: a file of that kind which has a certain key is read as this type.</summary>
/// <param name="kind">The word behind <c>kind</c>.</param>
/// <param name="key">The key that only this form has.</param>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class SecondFormAttribute(string kind, string key) : Attribute
{
    public string Kind { get; } = kind;

    public string Key { get; } = key;
}
