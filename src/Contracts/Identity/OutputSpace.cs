namespace Ptune.Contracts.Identity;

/// <summary>What a model gives probabilities over. Two models agree when their fingerprints do: the ordered names count, not their number.</summary>
public static class OutputSpace
{
    /// <summary>Fingerprint of an ordered list of labels.</summary>
    public static string OfLabels(IEnumerable<string> labels) => Digest.Of("labels\n" + string.Join('\n', labels));

    /// <summary>Fingerprint of a token vocabulary: the map of ids to tokens, added tokens included. Rows of a head that no token has do not belong to it.</summary>
    /// <param name="tokens">In any order, each id once.</param>
    public static string OfTokens(IEnumerable<(int Id, string Token)> tokens) =>
        Digest.Of("tokens\n" + string.Join('\n', tokens.OrderBy(token => token.Id).Select(token => $"{token.Id} {System.Text.Json.JsonSerializer.Serialize(token.Token)}")));
}
