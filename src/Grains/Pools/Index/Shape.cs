using Ptune.Contracts.Specs;

namespace Ptune.Grains.Pools.Index;

/// <summary>What decides which workers a job may be given to; one object for all jobs for which it is the same.</summary>
/// <param name="Needs">What a worker must have; null: nothing in particular.</param>
/// <param name="Excluded">Workers that it is not to be given to again, in order.</param>
/// <param name="EstimatedGiB">The memory that it is likely to take; null: not known, or its needs say how much.</param>
internal sealed record Shape(Needs? Needs, string[]? Excluded, double? EstimatedGiB)
{
    public static Shape Any { get; } = new(null, null, null);

    /// <summary>What such a job takes of a device, in GiB: asked for, or estimated.</summary>
    public double Memory => Needs?.MemoryGiB ?? EstimatedGiB ?? 0;

    public static Shape Of(Needs? needs, string[]? excluded, double? estimatedGiB = null)
    {
        if (needs?.MemoryGiB is not null) estimatedGiB = null;
        if (excluded is { Length: > 1 }) excluded = [.. excluded.Order(StringComparer.Ordinal)];
        return needs is null && estimatedGiB is null && excluded is not { Length: > 0 } ? Any : new Shape(needs, excluded is { Length: > 0 } ? excluded : null, estimatedGiB);
    }

    public bool Equals(Shape? other) =>
        ReferenceEquals(this, other) || (other is not null && EstimatedGiB == other.EstimatedGiB && Equals(Needs, other.Needs) && (Excluded ?? []).AsSpan().SequenceEqual(other.Excluded ?? []));

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Needs);
        hash.Add(EstimatedGiB);
        foreach (var worker in Excluded ?? []) hash.Add(worker);
        return hash.ToHashCode();
    }
}
