namespace Ptune.Contracts.Specs.Reading;

/// <summary>Kinds that are known and refused, since they are not available yet.</summary>
/// <param name="where">What they are not available for.</param>
/// <param name="kinds">Their words.</param>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class NotYetAttribute(string where, params string[] kinds) : Attribute
{
    public string Where { get; } = where;

    public IReadOnlyList<string> Kinds { get; } = kinds;
}
