using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ADRaffy.ENSNormalize;
using Ptune.Learning.Data.Text.Records;

namespace Ptune.Learning.Data.Text.Splitting;

/// <summary>
/// What two records have in common when a model would learn one from the other: their texts, after Unicode's NFC and without white space
/// at both ends. Case, inner spaces, line ends and compatibility forms count.
/// </summary>
internal static class ContentKey
{
    /// <returns>Half of the SHA-256 of the texts, each with its length before it: 16 bytes a record are all that splitting keeps.</returns>
    public static UInt128 Of(TextRecord record)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (string text in record.Content)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(Normal(text));
            BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }

        return BinaryPrimitives.ReadUInt128LittleEndian(hash.GetHashAndReset());
    }

    // .NET's Trim takes Unicode's White_Space, no more and no less.
    private static string Normal(string text) => (Ascii.IsValid(text) ? text : ENSNormalize.NF.NFC(text)).Trim();
}
