using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Ptune.Contracts.Identity;

/// <summary>What a model gives probabilities over. Two models agree when their fingerprints do: the ordered names count, not their number.</summary>
public static class OutputSpace
{
    /// <summary>Fingerprint of an ordered list of labels.</summary>
    public static string OfLabels(IEnumerable<string> labels) => Digest.Of("labels\n" + string.Join('\n', labels));

    /// <summary>Fingerprint of a vocabulary: which token has which id, added tokens included. Rows of a head that no token has are no part of it.</summary>
    /// <param name="tokens">Each token with its id, in any order.</param>
    public static string OfTokens(IEnumerable<KeyValuePair<string, long>> tokens)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData("tokens\n"u8);
        foreach (var (token, id) in tokens.OrderBy(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal))
        {
            // The length stands before the token, because a token may hold anything, line feeds included.
            var bytes = Encoding.UTF8.GetBytes(token);
            hash.AppendData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id} {bytes.Length} ")));
            hash.AppendData(bytes);
            hash.AppendData("\n"u8);
        }
        return Digest.Of(hash);
    }
}
