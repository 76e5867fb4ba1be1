using Ptune.Learning.Models.HuggingFace;
using Ptune.Learning.Models.Language;
using Ptune.Learning.Tokenization;

namespace Ptune.Learning.Transfer.Language;

/// <summary>What a language model gives probabilities over.</summary>
/// <param name="Name">What messages call the model.</param>
/// <param name="Rows">Of its head; those that no token has are padding.</param>
/// <param name="ById">Each id with its token; several where the vocabulary and an added token share it.</param>
/// <param name="Substitute">What the model reads in place of a token that it does not have.</param>
internal sealed record TokenSpace(string Name, long Rows, IReadOnlyDictionary<long, SortedSet<string>> ById, long Substitute)
{
    /// <param name="name">What messages call the model.</param>
    /// <param name="folder">The model's.</param>
    /// <exception cref="TransferException">It has no tokenizer, so which token has which id is not known.</exception>
    public static TokenSpace Of(string name, PretrainedFolder folder)
    {
        if (folder.Config is not DecoderConfig config) throw new TransferException($"{name} is a {folder.Config.ModelType}; rewards are carried between language models.");
        var tokens = TokenizerEntries.Map(folder.Files) ?? throw new TransferException($"{name} has no {TokenizerEntries.FileName}, so which token has which id is not known.");
        TokenizerEntries.RefuseBeyondTheRows(folder, tokens.Values.ToHashSet());
        using var tokenizer = TokenizerFolder.Load(folder.Files.Folder);
        return Of(name, config.Vocabulary, tokens, tokenizer.IdOf("unk_token") ?? tokenizer.IdOf("eos_token") ?? 0);
    }

    public static TokenSpace Of(string name, long rows, IEnumerable<KeyValuePair<string, long>> tokens, long substitute) => new(
        name, rows, tokens.GroupBy(pair => pair.Value).ToDictionary(group => group.Key, group => new SortedSet<string>(group.Select(pair => pair.Key), StringComparer.Ordinal)), substitute);

    /// <summary>Whether a row of the head is padding, [Rows]; null: none is.</summary>
    public bool[]? Padding()
    {
        bool[] padding = [.. Enumerable.Range(0, (int)Rows).Select(id => !ById.ContainsKey(id))];
        return padding.Any(isPadding => isPadding) ? padding : null;
    }
}
