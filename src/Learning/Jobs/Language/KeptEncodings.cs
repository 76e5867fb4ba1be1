using System.Security.Cryptography;
using System.Text;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Specs;
using Ptune.Learning.Data.Text;
using Ptune.Learning.Data.Text.Tokens;
using Ptune.Learning.Tokenization;

namespace Ptune.Learning.Jobs.Language;

/// <summary>
/// The encoded texts of a split in the worker's data cache: a training that follows a preparation of the same data with the same tokenizer, or another training, encodes nothing again. A file is
/// named by the digest of all that decides the tokens, and may be deleted at any time.
/// </summary>
internal static class KeptEncodings
{
    /// <param name="data">With its defaults filled in.</param>
    /// <param name="tokenizer">The model's.</param>
    /// <inheritdoc cref="EncodedTexts.Of"/>
    public static EncodedTexts Of(JobContext context, TextSelection texts, DataSpec data, TokenizerFolder tokenizer)
    {
        EncodedTexts? made = null;
        int[] packed = context.Encodings.Numbers(Key(texts, tokenizer), () => PackedEncoding.Of(made = EncodedTexts.Of(texts, data, tokenizer), texts.Records));
        return made ?? PackedEncoding.Read(packed, texts.Records);
    }

    private static string Key(TextSelection texts, TokenizerFolder tokenizer)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        // Another build of this code may make other tokens of the same texts.
        Add($"{typeof(KeptEncodings).Assembly.ManifestModule.ModuleVersionId}");
        Add(texts.Fingerprint);
        foreach (string label in texts.Labels?.Names ?? []) Add(label);
        Add(tokenizer.FileDigest());
        foreach (var (name, value) in tokenizer.SpecialTokens.Concat(tokenizer.Templates).OrderBy(pair => pair.Key, StringComparer.Ordinal).ThenBy(pair => pair.Value, StringComparer.Ordinal))
        {
            Add(name);
            Add(value);
        }

        return Digest.Hex(Digest.Of(hash));

        void Add(string part) => hash.AppendData(Encoding.UTF8.GetBytes($"{part.Length} {part}\n"));
    }
}
