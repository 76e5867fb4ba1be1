using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Ptune.Contracts.Identity;

/// <summary>An API key as its owner has it: <c>ID.SECRET</c>. The id is public, and names the key in listings; of the secret the server keeps a hash.</summary>
public sealed partial record ApiKeyText(string Id, string Secret)
{
    private const int IdLength = 8;
    private const int SecretBytes = 32;

    /// <summary>Letters and digits that are not taken for each other.</summary>
    private const string IdLetters = "abcdefghjkmnpqrstuvwxyz23456789";

    /// <summary>A new key. Its id may be another key's already, since an id is short; its secret may not.</summary>
    public static ApiKeyText New() =>
        new(RandomNumberGenerator.GetString(IdLetters, IdLength), Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes)));

    /// <summary>Null for a text of another form.</summary>
    public static ApiKeyText? Parse(string text) => Form().IsMatch(text) ? new ApiKeyText(text[..IdLength], text[(IdLength + 1)..]) : null;

    public static bool IsId(string text) => IdForm().IsMatch(text);

    /// <summary>What is stored of the secret. It is random and long, so one round of SHA-256 cannot be turned back by guessing.</summary>
    public string Hash() => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(Secret)));

    /// <summary>The whole key. Do not log it.</summary>
    public string Reveal() => $"{Id}.{Secret}";

    /// <summary>Without the secret, so that no log shows it by accident.</summary>
    public override string ToString() => $"{Id}.…";

    [GeneratedRegex(@"^[a-z0-9]{8}\.[A-Za-z0-9_-]{32,128}\z")]
    private static partial Regex Form();

    [GeneratedRegex(@"^[a-z0-9]{8}\z")]
    private static partial Regex IdForm();
}
