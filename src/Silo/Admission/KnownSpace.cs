using Ptune.Contracts.Identity;

namespace Ptune.Silo.Admission;

/// <summary>An output space: its fingerprint, and the labels' names where they are known.</summary>
internal sealed record KnownSpace(string Fingerprint, string[]? Labels)
{
    public static KnownSpace Of(string[] labels) => new(OutputSpace.OfLabels(labels), labels);

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
