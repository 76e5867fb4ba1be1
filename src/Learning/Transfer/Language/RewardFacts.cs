using System.Text.Json;
using System.Text.Json.Serialization;
using Ptune.Learning.Formats;
using Ptune.Learning.Importing;

namespace Ptune.Learning.Transfer.Language;

/// <summary>What a reward of texts says of itself, beside its Hugging Face or PEFT folder.</summary>
/// <param name="Method">full: the folder is a network; lora: it is a patch of the source, which is needed.</param>
/// <param name="Lambda">The temperature that it was trained with: the distribution is softmax(log_softmax(f) + r / lambda).</param>
/// <param name="Source">The digest of the source's artifact.</param>
/// <param name="SourceWeights">The digest of the source's parameters.</param>
/// <param name="OutputSpace">Fingerprint of the tokens that it gives rewards to.</param>
internal sealed record RewardFacts(string Method, double Lambda, string Source, string SourceWeights, string? OutputSpace)
{
    public const string FileName = "reward.json";

    /// <summary><see cref="Answers"/> of a reward over the labels of a text.</summary>
    public const string OverLabels = "labels";

    /// <summary><see cref="Answers"/> of a reward over the choices of a question.</summary>
    public const string OverChoices = "choices";

    public const string Full = "full";

    public const string Lora = "lora";

    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web) { WriteIndented = true, NewLine = "\n" };

    /// <summary>What it gives rewards to: labels or choices, whose tokens do not matter; null: the tokens of its vocabulary.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Answers { get; init; }

    /// <summary>The labels in their order, of a reward over labels.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Labels { get; init; }

    /// <exception cref="TransferException">The folder is no reward of texts, or its facts are damaged.</exception>
    public static RewardFacts Read(string folder, string name)
    {
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path)) throw new TransferException($"{name} is no reward of texts: it has no {FileName}.");
        try
        {
            var read = JsonSerializer.Deserialize<RewardFacts>(StoredFile.ReadBytes(path), _json);
            return read is { Method: Full or Lora, Source: not null, SourceWeights: not null, Answers: null or OverLabels or OverChoices } && double.IsFinite(read.Lambda) && read.Lambda > 0
                && (read.Answers == OverLabels) == (read.Labels is not null)
                ? read
                : throw new TransferException($"The {FileName} of {MidSentence.Of(name)} is damaged: its method, lambda, source or answers are missing.");
        }
        catch (JsonException error)
        {
            throw new TransferException($"The {FileName} of {MidSentence.Of(name)} cannot be read: {error.Message}");
        }
    }

    /// <summary>The source of a reward by LoRA, found to be the one that it was tuned on.</summary>
    /// <exception cref="TransferException">It was not named, or has other weights.</exception>
    public ArtifactFolder RequireSource(ArtifactFolder? source, string name)
    {
        if (source is null) throw new TransferException($"{name} is LoRA on its source, which it needs. Name it: 'source: {Source}'.");
        if (source.Digest == Source) return source;
        // The same weights may have been imported twice.
        using var folder = ModelArtifact.Open(source.Path);
        return WeightsFingerprint.Of(folder) == SourceWeights
            ? source
            : throw new TransferException($"{name} is LoRA on the model {Source}, and the source that was named, {source.Digest}, has other weights. Name the one that it was tuned on.");
    }

    public void Write(string folder) => AtomicFile.Write(Path.Combine(folder, FileName), stream => JsonSerializer.Serialize(stream, this, _json));
}
