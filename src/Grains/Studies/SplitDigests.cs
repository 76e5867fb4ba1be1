using Ptune.Contracts.Jobs;

namespace Ptune.Grains.Studies;

/// <summary>The splits that a study's cells used: all the same ones, or the results cannot be compared.</summary>
internal static class SplitDigests
{
    private const string SplitPrefix = "splits.";

    /// <param name="results">Cell key to what its job made.</param>
    /// <exception cref="InvalidDataException">Two cells disagree.</exception>
    public static Dictionary<string, string> Of(IReadOnlyDictionary<string, JobResult> results)
    {
        var splits = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, result) in results)
        {
            foreach (var (name, digest) in result.Attributes.Where(a => a.Key.StartsWith(SplitPrefix, StringComparison.Ordinal)))
            {
                var split = name[SplitPrefix.Length..];
                if (splits.TryGetValue(split, out var other) && other != digest)
                    throw new InvalidDataException($"Cell {key} used a different {split} split ({digest}) than earlier cells ({other}): their results cannot be compared.");
                splits[split] = digest;
            }
        }
        return new Dictionary<string, string>(splits);
    }
}
