using Ptune.Contracts.Specs;
using Ptune.Learning.Models.Vision;
using Ptune.Learning.Tokenization;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Jobs.Vision;

/// <summary>The zero-shot head of CLIP: each label's name in a sentence, as a vector (arXiv 2103.00020, section 3.1.4).</summary>
internal static class LabelTexts
{
    /// <summary>The paper's.</summary>
    public const string Usual = "a photo of a {}.";

    private const int _batch = 64;

    /// <summary>Unit vectors [labels, space], in no dispose scope.</summary>
    /// <param name="folder">The model's, for its tokenizer.</param>
    /// <param name="labels">In the order of the outputs.</param>
    /// <param name="prompt">The sentence; null: the usual one.</param>
    /// <exception cref="LearningException">There is no tokenizer, it does not end a text as the model needs, or a sentence is too long.</exception>
    public static Tensor Of(Clip clip, string folder, IReadOnlyList<string> labels, string? prompt)
    {
        using var tokenizer = TokenizerFolder.Load(folder);
        var texts = labels.Select(label => Encode(clip.Config, tokenizer.Tokenizer, (prompt ?? Usual).Replace(LabelPrompts.Place, label, StringComparison.Ordinal))).ToList();
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var vectors = texts.Chunk(_batch).Select(some => clip.Texts(Padded(some, clip.Parameters.Device))).ToList();
        return cat(vectors, 0).DetachFromDisposeScope();
    }

    private static int[] Encode(ClipConfig config, Tokenizer tokenizer, string text)
    {
        int[] ids = tokenizer.Encode(text);
        if (ids.Length == 0 || ids.Length > config.Context) throw new LearningException($"The text '{text}' has {ids.Length} tokens, and the model reads 1 to {config.Context}. Shorten labelPrompt.");
        if (ids.FirstOrDefault(id => id >= config.Vocabulary) is > 0 and var strange) throw new LearningException($"The tokenizer gives the id {strange}, and the model has {config.Vocabulary}. Is it the model's?");
        return config.End is not { } end || ids.Contains((int)end)
            ? ids
            : throw new LearningException($"The tokenizer does not end the text '{text}' with the id {end}, at which the model reads it (eos_token_id). Is it the model's?");
    }

    // What follows a text's end is not seen by it; a repeated last token is never an earlier end.
    private static Tensor Padded(int[][] texts, Device device)
    {
        int longest = texts.Max(text => text.Length);
        long[] ids = [.. texts.SelectMany(text => text.Concat(Enumerable.Repeat(text[^1], longest - text.Length))).Select(id => (long)id)];
        return tensor(ids, [texts.Length, longest], ScalarType.Int64, device: device);
    }
}
