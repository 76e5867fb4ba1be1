using System.Text.Json;

namespace Ptune.Learning.Tokenization;

/// <summary>
/// Cuts long texts at line ends, where the tokenizer splits anyway: the library's time grows faster than a text's length. Only for tokenizers whose splits
/// are known to end a piece between a line feed and an ASCII letter or digit.
/// </summary>
internal sealed class TextCuts
{
    private const int PartLength = 8192;

    // The published patterns of GPT-2, Llama 3, Qwen 2 and 3, and DeepSeek; none has a piece with a line feed and a letter or digit behind it.
    private static readonly HashSet<string> _patterns =
    [
        @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+",
        @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+",
        @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+",
    ];

    private TextCuts()
    {
    }

    /// <summary>Null where the tokenizer's splits are not known.</summary>
    public static TextCuts? For(TokenizerFile file)
    {
        var splits = TokenizerFile.Parts(file.Member("pre_tokenizer"), "pretokenizers").ToArray();
        var normalizers = TokenizerFile.Parts(file.Member("normalizer"), "normalizers").Select(n => n.GetProperty("type").GetString());
        var isKnown = file.ModelType == "BPE" && splits.Length > 0 && splits.All(Keeps) && splits.Any(Splits) && normalizers.All(n => n is "NFC" or "NFKC" or "NFD" or "NFKD" or "Lowercase")
            && file.Added.All(a => a.Content.Length > 0 && !char.IsAsciiLetterOrDigit(a.Content[0]) && !a.Content.Contains('\n', StringComparison.Ordinal));
        return isKnown ? new TextCuts() : null;
    }

    /// <summary>The parts of a text, in order; a short text is its only part.</summary>
    public IEnumerable<string> Cut(string text)
    {
        var start = 0;
        for (var at = PartLength; at < text.Length; at++)
        {
            // One line feed alone: longer white space is split otherwise where a text ends behind it.
            if (text[at - 1] != '\n' || char.IsWhiteSpace(text[at - 2]) || char.IsControl(text[at - 2]) || !char.IsAsciiLetterOrDigit(text[at])) continue;
            yield return text[start..at];
            start = at;
            at += PartLength;
        }
        yield return start == 0 ? text : text[start..];
    }

    // It does not join what another splits, and adds nothing at a part's start.
    private static bool Keeps(JsonElement split) => split.GetProperty("type").GetString() switch
    {
        "ByteLevel" => !split.GetProperty("add_prefix_space").GetBoolean(),
        "Digits" => true,
        "Split" => Splits(split),
        _ => false,
    };

    private static bool Splits(JsonElement split) => split.GetProperty("type").GetString() switch
    {
        "ByteLevel" => !split.TryGetProperty("use_regex", out var own) || own.GetBoolean(),
        "Split" => TokenizerFile.Member(split.GetProperty("pattern"), "Regex") is { } pattern && _patterns.Contains(pattern.GetString()!)
            && split.GetProperty("behavior").GetString() == "Isolated" && !split.GetProperty("invert").GetBoolean(),
        _ => false,
    };
}
