using System.Text.Json;
using Ptune.Learning.Formats;

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

    public const string Full = "full";

    public const string Lora = "lora";

    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web) { WriteIndented = true, NewLine = "\n" };

    /// <exception cref="TransferException">The folder is no reward of texts, or its facts are damaged.</exception>
    public static RewardFacts Read(string folder, string name)
    {
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path)) throw new TransferException($"{name} is no reward of texts: it has no {FileName}.");
        try
        {
            var read = JsonSerializer.Deserialize<RewardFacts>(StoredFile.ReadBytes(path), _json);
            return read is { Method: Full or Lora, Source: not null, SourceWeights: not null } && double.IsFinite(read.Lambda) && read.Lambda > 0
                ? read
                : throw new TransferException($"The {FileName} of {name} is damaged: its method, lambda or source is missing.");
        }
        catch (JsonException error)
        {
            throw new TransferException($"The {FileName} of {name} cannot be read: {error.Message}");
        }
    }

    public void Write(string folder) => AtomicFile.Write(Path.Combine(folder, FileName), stream => JsonSerializer.Serialize(stream, this, _json));
}
