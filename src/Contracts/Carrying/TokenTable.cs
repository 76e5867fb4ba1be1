using System.Text.Json;
using Ptune.Contracts.Artifacts;

namespace Ptune.Contracts.Carrying;

/// <summary>The tokens of a model, from its tokenizer.json.</summary>
/// <param name="ById">Each id with its token; several where the vocabulary and an added token share it.</param>
public sealed record TokenTable(IReadOnlyDictionary<long, IReadOnlySet<string>> ById)
{
    public const string FileName = "tokenizer.json";
    private const int Named = 10;

    /// <param name="files">An artifact's.</param>
    /// <param name="open">Opens one of them by its path.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>Null where the artifact has no such file, for example because a model lies where it was imported from.</returns>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static async Task<TokenTable?> ReadAsync(IEnumerable<ArtifactFile> files, Func<string, Task<Stream>> open, CancellationToken cancellation)
    {
        if (files.All(file => file.Path != FileName)) return null;
        await using var stream = await open(FileName);
        try
        {
            using var json = await JsonDocument.ParseAsync(stream, default, cancellation);
            return Of(json.RootElement);
        }
        catch (JsonException e)
        {
            throw Damaged(e);
        }
    }

    /// <param name="tokenizer">The file.</param>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static TokenTable Of(JsonElement tokenizer)
    {
        var ids = new Dictionary<string, long>(StringComparer.Ordinal);
        try
        {
            var vocabulary = tokenizer.GetProperty("model").GetProperty("vocab");
            if (vocabulary.ValueKind == JsonValueKind.Object) foreach (var token in vocabulary.EnumerateObject()) ids[token.Name] = token.Value.GetInt64();
            else foreach (var (id, piece) in vocabulary.EnumerateArray().Index()) ids.TryAdd(piece[0].GetString()!, id);
            // What is added counts before the vocabulary, as in the tokenizers library.
            if (tokenizer.TryGetProperty("added_tokens", out var added)) foreach (var token in added.EnumerateArray()) ids[token.GetProperty("content").GetString()!] = token.GetProperty("id").GetInt64();
        }
        catch (Exception e) when (e is InvalidOperationException or KeyNotFoundException or FormatException or IndexOutOfRangeException or ArgumentNullException)
        {
            throw Damaged(e);
        }
        return new(ids.GroupBy(pair => pair.Value).ToDictionary(group => group.Key, group => (IReadOnlySet<string>)group.Select(pair => pair.Key).ToHashSet(StringComparer.Ordinal)));
    }

    /// <summary>Which ids that both have mean another token: a sentence with the first ten; null: none.</summary>
    /// <param name="target">The other model's.</param>
    /// <param name="from">What messages call this model.</param>
    /// <param name="to">What messages call the other.</param>
    public string? Disagreement(TokenTable target, string from, string to)
    {
        long[] shared = [.. ById.Keys.Where(target.ById.ContainsKey).Order()];
        if (shared.Length == 0) return $"{from} and {to} have no token id in common.";
        long[] other = [.. shared.Where(id => !ById[id].Overlaps(target.ById[id]))];
        if (other.Length == 0) return null;
        var first = string.Join("; ", other.Take(Named).Select(id => $"{id} is '{ById[id].Min()}' and '{target.ById[id].Min()}'"));
        return $"{from} and {to} have different tokens: of the {shared.Length:N0} ids that both have, {other.Length:N0} mean{(other.Length == 1 ? "s" : "")} another token. {(other.Length > Named ? $"The first {Named}: " : "")}{first}.";
    }

    private static InvalidDataException Damaged(Exception e) => new($"{FileName} cannot be read: {e.Message}", e);
}
