using Ptune.Contracts.Specs;

namespace Ptune.WebConsole.Figures;

/// <summary>An artifact in a lineage.</summary>
/// <param name="Name">A name of it, or the beginning of its digest.</param>
/// <param name="IsSubject">The lineage is its.</param>
public sealed record LineageNode(string Digest, string Name, ArtifactKind? Kind, int Column, bool IsSubject);
