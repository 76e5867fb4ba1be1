using System.Text.Json;
using Ptune.Learning.Formats;
using Ptune.Learning.Models.Language;
using Ptune.Learning.Models.Vision;

namespace Ptune.Learning.Models.HuggingFace;

/// <summary>The ids that a folder's <c>tokenizer.json</c> has a token for.</summary>
internal static class TokenizerEntries
{
    public const string FileName = "tokenizer.json";

    private const long _maxBytes = 200_000_000;

    /// <summary>The ids; null where the folder has no tokenizer.</summary>
    /// <exception cref="ModelRefusedException">The file is damaged.</exception>
    public static IReadOnlySet<long>? Read(FolderFiles files)
    {
        if (files.Find(FileName) is not { } path) return null;
        var tokenizer = JsonWords.Read(path, [], _maxBytes);
        var ids = new HashSet<long>();
        var model = tokenizer.Section("model") ?? throw tokenizer.Refuse("model is missing.");
        if (model.Root.TryGetProperty("vocab", out var vocabulary)) AddVocabulary(ids, vocabulary, model);
        if (tokenizer.Root.TryGetProperty("added_tokens", out var added) && added.ValueKind == JsonValueKind.Array)
        {
            foreach (var token in added.EnumerateArray())
            {
                if (token.ValueKind == JsonValueKind.Object && token.TryGetProperty("id", out var id) && id.TryGetInt64(out long number)) ids.Add(number);
            }
        }

        return ids;
    }

    /// <summary>Which token has which id, added tokens included; null where the folder has no tokenizer.</summary>
    /// <exception cref="ModelRefusedException">The file is damaged.</exception>
    public static IReadOnlyDictionary<string, long>? Map(FolderFiles files)
    {
        if (files.Find(FileName) is not { } path) return null;
        var tokenizer = JsonWords.Read(path, [], _maxBytes);
        var ids = new Dictionary<string, long>(StringComparer.Ordinal);
        try
        {
            if (tokenizer.Section("model")?.Root.TryGetProperty("vocab", out var vocabulary) == true) AddNames(ids, vocabulary);
            // What is added counts before the vocabulary, as in the tokenizers library.
            if (tokenizer.Root.TryGetProperty("added_tokens", out var added) && added.ValueKind == JsonValueKind.Array)
            {
                foreach (var token in added.EnumerateArray()) ids[token.GetProperty("content").GetString()!] = token.GetProperty("id").GetInt64();
            }
        }
        catch (Exception error) when (error is InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new ModelRefusedException($"{path}: a token has no name or no id that can be read: {error.Message}", error);
        }

        return ids;
    }

    /// <param name="tokens">The tokenizer's ids; null: the folder has no tokenizer.</param>
    /// <exception cref="ModelRefusedException">The model has no row for one of them: the tokenizer is another model's.</exception>
    public static void RefuseBeyondTheRows(PretrainedFolder folder, IReadOnlySet<long>? tokens)
    {
        long? rows = folder.Config switch { DecoderConfig decoder => decoder.Vocabulary, BertConfig bert => bert.Vocabulary, ClipConfig clip => clip.Vocabulary, _ => null };
        if (rows is { } known && tokens is { Count: > 0 } && tokens.Max() >= known)
        {
            throw new ModelRefusedException(
                $"{folder.Files.Folder}: {FileName} has {tokens.Count} entries up to id {tokens.Max()}, and the model has {known} rows for them: it is another model's tokenizer.");
        }
    }

    private static void AddNames(Dictionary<string, long> ids, JsonElement vocabulary)
    {
        if (vocabulary.ValueKind == JsonValueKind.Object)
        {
            foreach (var token in vocabulary.EnumerateObject()) ids[token.Name] = token.Value.GetInt64();
            return;
        }

        // Of two pieces with one name, the first is found.
        foreach (var (id, piece) in vocabulary.EnumerateArray().Index()) ids.TryAdd(piece[0].GetString()!, id);
    }

    // An object of token -> id, or Unigram's list, where the place is the id.
    private static void AddVocabulary(HashSet<long> ids, JsonElement vocabulary, JsonWords model)
    {
        if (vocabulary.ValueKind == JsonValueKind.Array)
        {
            for (int id = 0; id < vocabulary.GetArrayLength(); id++) ids.Add(id);
            return;
        }

        if (vocabulary.ValueKind != JsonValueKind.Object) throw model.Refuse("model.vocab is neither an object nor a list.");
        foreach (var token in vocabulary.EnumerateObject())
        {
            if (token.Value.ValueKind != JsonValueKind.Number || !token.Value.TryGetInt64(out long id)) throw model.Refuse($"model.vocab gives '{Readable.Text(token.Name)}' no whole number.");
            ids.Add(id);
        }
    }
}
