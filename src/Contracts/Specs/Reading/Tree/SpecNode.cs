namespace Ptune.Contracts.Specs.Reading;

/// <summary>A part of a spec's text, before it is bound to a type. Nodes are never hashed or compared; only their texts are.</summary>
/// <param name="line">Line in the file, from 1.</param>
/// <param name="column">Column in the line, from 1.</param>
internal abstract class SpecNode(int line, int column)
{
    public int Line { get; } = line;

    public int Column { get; } = column;
}
