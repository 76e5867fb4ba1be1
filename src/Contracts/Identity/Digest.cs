using System.Security.Cryptography;
using System.Text;

namespace Ptune.Contracts.Identity;

/// <summary>SHA-256 digests, written <c>sha256:</c> and 64 lower-case hexadecimal digits.</summary>
public static class Digest
{
    public const string Prefix = "sha256:";

    public static string Of(ReadOnlySpan<byte> bytes) => Prefix + Convert.ToHexStringLower(SHA256.HashData(bytes));

    public static string Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    /// <summary>Of what was appended; the hash can be used anew.</summary>
    public static string Of(IncrementalHash sha256) => Prefix + Convert.ToHexStringLower(sha256.GetHashAndReset());

    public static async Task<string> OfAsync(Stream stream, CancellationToken cancellation = default) =>
        Prefix + Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellation));

    /// <summary>The 64 hexadecimal digits alone.</summary>
    public static string Hex(string digest) => digest[Prefix.Length..];

    /// <summary>The first 12 digits: what people read.</summary>
    public static string Abbreviate(string digest) => Hex(digest)[..12];
}
