namespace Ptune.Templates.Values;

/// <summary>What <c>keys()</c>, <c>values()</c> and <c>items()</c> of a dict give.</summary>
/// <param name="Name">Python's name of the type.</param>
/// <param name="Items">Its items.</param>
internal sealed record ViewValue(string Name, IReadOnlyList<object?> Items);
