using Ptune.Contracts.Identity;
using Ptune.Contracts.Specs;

namespace Ptune.Silo.Admission;

/// <summary>An output space: its fingerprint, and the labels' names where they are known.</summary>
internal sealed record KnownSpace(string Fingerprint, string[]? Labels)
{
    /// <summary>Null for texts whose labels only their records know, or that have none.</summary>
    public static KnownSpace? Of(IDatasetSpec dataset) =>
        (dataset is ImageDatasetSpec images ? images.Labels : (dataset as TextDatasetSpec)?.Labels) is { } labels ? new(OutputSpace.OfLabels(labels), labels) : null;

    public bool Agrees(KnownSpace other) =>
        Labels is not null && other.Labels is not null ? Labels.AsSpan().SequenceEqual(other.Labels) : Fingerprint == other.Fingerprint;

    public override string ToString()
    {
        var digits = Fingerprint[(Fingerprint.IndexOf(':', StringComparison.Ordinal) + 1)..][..12];
        if (Labels is null) return $"the output space {digits}";
        var shown = string.Join(", ", Labels.Take(4).Select(l => $"'{l}'"));
        return $"the output space {digits} ({Labels.Length} labels: {shown}{(Labels.Length > 4 ? ", ..." : "")})";
    }
}
