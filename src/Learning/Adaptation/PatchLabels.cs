using System.Text.Json;
using Ptune.Learning.Formats;
using Ptune.Learning.Models.HuggingFace;

namespace Ptune.Learning.Adaptation;

/// <summary>
/// The labels of a patch whose classification head has others than its base: a file beside PEFT's, which PEFT leaves alone. transformers then needs
/// the base with <c>num_labels</c> of that count.
/// </summary>
internal static class PatchLabels
{
    public const string FileName = "labels.json";

    private const long _maxBytes = 100_000_000;

    public static void Write(string folder, IReadOnlyList<string> labels) =>
        AtomicFile.Write(Path.Combine(folder, FileName), stream => JsonSerializer.Serialize(stream, labels));

    /// <summary>The head that the base needs so that the patch fits; null: its own.</summary>
    /// <exception cref="AdapterRefusedException">The file is damaged.</exception>
    public static NewHead? Read(string folder)
    {
        if (new FolderFiles(folder).Find(FileName) is not { } path) return null;
        if (new FileInfo(path).Length > _maxBytes) throw new AdapterRefusedException($"{path} is larger than {_maxBytes} bytes.");
        try
        {
            return JsonSerializer.Deserialize<string[]>(StoredFile.ReadText(path)) is { Length: > 1 } labels && labels.All(label => label is not null)
                ? new NewHead(labels, 0)
                : throw new AdapterRefusedException($"{path} must be a list of at least two labels.");
        }
        catch (JsonException error)
        {
            throw new AdapterRefusedException($"{path} is not JSON: {error.Message}");
        }
    }
}
