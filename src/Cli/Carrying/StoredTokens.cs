using System.Text.Json;
using Ptune.Cli.Output;
using Ptune.Cli.Servers;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Http;

namespace Ptune.Cli.Carrying;

/// <summary>The tokens of an artifact in the store, from its tokenizer.json.</summary>
/// <param name="Name">What messages call it.</param>
/// <param name="ById">Each id with its token; several where the vocabulary and an added token share it.</param>
internal sealed record StoredTokens(string Name, IReadOnlyDictionary<long, IReadOnlySet<string>> ById)
{
    private const string FileName = "tokenizer.json";
    private const int Named = 10;

    /// <summary>Null where the artifact has no such file, for example because a model lies where it was imported from: the job compares the tokens then.</summary>
    /// <exception cref="CliException">The file is damaged, or the server cannot be reached.</exception>
    public static async Task<StoredTokens?> ReadAsync(ServerClient client, ArtifactView artifact, string name, CancellationToken cancellation)
    {
        if (artifact.Manifest.Files.All(file => file.Path != FileName)) return null;
        await using var stream = await client.OpenAsync(ServerClient.Fill(Routes.ArtifactFile, artifact.Digest).Replace("{*path}", FileName, StringComparison.Ordinal), cancellation);
        using var json = await JsonDocument.ParseAsync(stream, default, cancellation);
        return Of(name, json.RootElement);
    }

    /// <param name="name">What messages call it.</param>
    /// <param name="tokenizer">The file.</param>
    /// <exception cref="CliException">It is damaged.</exception>
    public static StoredTokens Of(string name, JsonElement tokenizer)
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
        catch (Exception e) when (e is InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new CliException(ExitCode.Usage, $"The {FileName} of {name} cannot be read: {e.Message}");
        }
        return new(name, ids.GroupBy(pair => pair.Value).ToDictionary(group => group.Key, group => (IReadOnlySet<string>)group.Select(pair => pair.Key).ToHashSet(StringComparer.Ordinal)));
    }

    /// <summary>That each id that both have means the same token.</summary>
    /// <exception cref="CliException">It does not; the first ten are named.</exception>
    public void RequireAgreement(StoredTokens target)
    {
        long[] shared = [.. ById.Keys.Where(target.ById.ContainsKey).Order()];
        if (shared.Length == 0) throw new CliException(ExitCode.Usage, $"{Name} and {target.Name} have no token id in common.");
        long[] other = [.. shared.Where(id => !ById[id].Overlaps(target.ById[id]))];
        if (other.Length == 0) return;
        var first = string.Join("; ", other.Take(Named).Select(id => $"{id} is '{ById[id].Min()}' and '{target.ById[id].Min()}'"));
        throw new CliException(
            ExitCode.Usage,
            $"{Name} and {target.Name} have different tokens: of the {shared.Length:N0} ids that both have, {other.Length:N0} mean{(other.Length == 1 ? "s" : "")} another token. {(other.Length > Named ? $"The first {Named}: " : "")}{first}.",
            "Patches and rewards of tokens are carried between models with one vocabulary; for another one, retrain.");
    }
}
