using Ptune.Contracts.Specs;

namespace Ptune.Grains.Pools.Index;

/// <summary>What decides which workers a job may be given to; one object for all jobs for which it is the same.</summary>
/// <param name="Needs">What a worker must have; null: nothing in particular.</param>
/// <param name="Excluded">Workers that it is not to be given to again, in order.</param>
internal sealed record Shape(Needs? Needs, string[]? Excluded)
{
    public static Shape Any { get; } = new(null, null);

    /// <summary>In GiB.</summary>
    public double Memory => Needs?.MemoryGiB ?? 0;

    public static Shape Of(Needs? needs, string[]? excluded)
    {
        if (excluded is { Length: > 1 }) excluded = [.. excluded.Order(StringComparer.Ordinal)];
        return needs is null && excluded is not { Length: > 0 } ? Any : new Shape(needs, excluded is { Length: > 0 } ? excluded : null);
    }

    public bool Equals(Shape? other) =>
        ReferenceEquals(this, other) || (other is not null && Equals(Needs, other.Needs) && (Excluded ?? []).AsSpan().SequenceEqual(other.Excluded ?? []));

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Needs);
        foreach (var worker in Excluded ?? []) hash.Add(worker);
        return hash.ToHashCode();
    }
}
