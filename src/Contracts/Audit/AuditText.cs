using System.Text.Json;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Stores;

namespace Ptune.Contracts.Audit;

/// <summary>
/// A row as it is stored: its JSON text and the SHA-256 of that text. The text names the digest of the row before, so that a change of any row changes what every later one
/// should say. The stored text is what is hashed, also by later versions that know more members.
/// </summary>
public static class AuditText
{
    public static StoredAuditRow Write(AuditRow row)
    {
        var text = JsonSerializer.Serialize(row, SpecJson.Options);
        return new(row.Sequence, row.Key, DigestOf(text), text);
    }

    /// <exception cref="JsonException">The text is not a row's.</exception>
    public static AuditRow Read(StoredAuditRow stored) => JsonSerializer.Deserialize<AuditRow>(stored.Text, SpecJson.Options) ?? throw new JsonException("The row is empty.");

    public static string DigestOf(string text) => Digest.Hex(Digest.Of(text));
}
