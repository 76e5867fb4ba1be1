using System.Security.Cryptography;
using System.Text.Json;

namespace Ptune.Contracts.Artifacts;

/// <summary>What a model gives probabilities over: an ordered list of labels.</summary>
public static class OutputSpace
{
    /// <summary>SHA-256, in lower-case hexadecimal, of the labels as a JSON array in UTF-8: the names and their order, not their number.</summary>
    public static string Fingerprint(IReadOnlyList<string> labels) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(labels)));
}
