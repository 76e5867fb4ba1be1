namespace Ptune.Contracts.Identity;

/// <summary>What a model gives probabilities over. Two models agree when their fingerprints do: the ordered names count, not their number.</summary>
public static class OutputSpace
{
    /// <summary>Fingerprint of an ordered list of labels.</summary>
    public static string OfLabels(IEnumerable<string> labels) => Digest.Of("labels\n" + string.Join('\n', labels));
}
