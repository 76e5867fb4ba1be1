using System.Security.Cryptography;
using System.Text;
using Ptune.Contracts.Identity;
using Ptune.Learning.Formats;
using Ptune.Learning.Models.HuggingFace;

namespace Ptune.Learning.Importing;

/// <summary>A digest of a model's parameters: the same for the same numbers, however they lie in files.</summary>
internal static class WeightsFingerprint
{
    /// <summary>Of each parameter its name, type, shape and bytes; all weights are read.</summary>
    public static string Of(PretrainedFolder folder, CancellationToken stop = default)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (parameter, key) in folder.Keys.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            stop.ThrowIfCancellationRequested();
            var entry = folder.Weights.Entry(key);
            hash.AppendData(Encoding.UTF8.GetBytes($"{parameter} {entry.Type.Name} {Readable.Shape(entry.Shape)} {folder.Weights.DigestOf(key)}\n"));
        }

        return Digest.Of(hash);
    }
}
