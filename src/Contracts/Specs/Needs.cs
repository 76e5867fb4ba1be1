using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Ptune.Contracts.Specs;

/// <summary>What a worker must have to be given a job.</summary>
[GenerateSerializer, Alias("ptune.Needs")]
public sealed record Needs
{
    /// <summary>The most labels. Needs stand in a job's row of the catalog, whose size a cluster's store limits.</summary>
    public const int MaxLabels = 32;

    /// <summary>Characters of a label's value, here and in a worker's configuration.</summary>
    public const int MaxLabelValue = 63;

    [Id(0), Description("The kind of device: cpu or cuda. Default: any.")]
    public DeviceKind? Device { get; init; }

    [Id(1), Range(0, 1_000_000, MinimumIsExclusive = true), Description("The device memory that this job needs, in GiB. Default: any.")]
    public double? MemoryGiB { get; init; }

    [Id(2), MaxLength(MaxLabels), Description("Labels that the worker must have, each with this value (Worker:Labels in its configuration); at most 32. Default: none.")]
    public Dictionary<string, string> Labels { get; init; } = [];

    /// <summary>By content: two jobs with the same needs wait in the same line.</summary>
    public bool Equals(Needs? other) =>
        other is not null && Device == other.Device && MemoryGiB == other.MemoryGiB && Labels.Count == other.Labels.Count
        && Labels.All(label => other.Labels.TryGetValue(label.Key, out var value) && value == label.Value);

    public override int GetHashCode()
    {
        var labels = 0;
        foreach (var (key, value) in Labels) labels ^= HashCode.Combine(key, value);
        return HashCode.Combine(Device, MemoryGiB, labels);
    }
}
