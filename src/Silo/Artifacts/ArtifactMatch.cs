using Ptune.Contracts.Stores;

namespace Ptune.Silo.Artifacts;

/// <summary>What a reference stands for.</summary>
/// <param name="Row">The artifact; null when there is none, or more than one.</param>
/// <param name="Nearest">With no artifact: the known alias that is most like the reference, if any is.</param>
/// <param name="Candidates">With several artifacts: some of their digests, abbreviated. Else empty.</param>
internal sealed record ArtifactMatch(ArtifactRow? Row, string? Nearest, IReadOnlyList<string> Candidates)
{
    public static ArtifactMatch Of(ArtifactRow row) => new(row, null, []);

    public static ArtifactMatch Unknown(string? nearest) => new(null, nearest, []);

    public static ArtifactMatch Ambiguous(IReadOnlyList<string> candidates) => new(null, null, candidates);
}
