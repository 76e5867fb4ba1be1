namespace Ptune.Templates.Values;

/// <summary>A list or a tuple.</summary>
internal interface ISequenceValue
{
    IReadOnlyList<object?> Items { get; }
}
