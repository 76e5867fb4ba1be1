using System.Text.RegularExpressions;

namespace Ptune.Executor.Hub;

/// <summary>
/// By what the hub knows a file's content, which is also its ETag and its name in the hub's cache: the SHA-256 of a large file (Git LFS), else the SHA-1 of git's blob.
/// </summary>
/// <param name="Hex">64 or 40 hexadecimal digits in small letters.</param>
internal sealed partial record HubDigest(string Hex)
{
    private const int Sha256Digits = 64;

    public bool IsSha256 => Hex.Length == Sha256Digits;

    /// <summary>From an ETag or a name; null where it is no such digest.</summary>
    public static HubDigest? Read(string? tag)
    {
        if (tag is null) return null;
        var hex = (tag.StartsWith("W/", StringComparison.Ordinal) ? tag[2..] : tag).Trim('"').ToLowerInvariant();
        return Digits().IsMatch(hex) ? new HubDigest(hex) : null;
    }

    public override string ToString() => IsSha256 ? $"SHA-256 {Hex}" : $"git blob {Hex}";

    [GeneratedRegex(@"^(?:[0-9a-f]{64}|[0-9a-f]{40})\z")]
    private static partial Regex Digits();
}
