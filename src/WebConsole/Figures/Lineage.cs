namespace Ptune.WebConsole.Figures;

/// <summary>What an artifact was made from, and what was made from it.</summary>
/// <param name="Nodes">The artifacts, each with its column: 0 is the oldest.</param>
/// <param name="Edges">From an input to what was made from it, with the input's role.</param>
/// <param name="IsCut">There are more than were looked at.</param>
public sealed record Lineage(IReadOnlyList<LineageNode> Nodes, IReadOnlyList<(string From, string To, string Role)> Edges, bool IsCut);
