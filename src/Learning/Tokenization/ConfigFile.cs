using System.Text.Json;
using Ptune.Learning.Formats;

namespace Ptune.Learning.Tokenization;

/// <summary>A JSON file beside a tokenizer; an absent one is an empty object.</summary>
internal sealed class ConfigFile : IDisposable
{
    private readonly JsonDocument _document;

    private ConfigFile(JsonDocument document, bool exists)
    {
        _document = document;
        Exists = exists;
    }

    public JsonElement Root => _document.RootElement;

    public bool Exists { get; }

    /// <exception cref="TokenizerException">It is not a JSON object.</exception>
    public static ConfigFile Read(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        if (!File.Exists(path)) return new ConfigFile(JsonDocument.Parse("{}"), exists: false);
        try
        {
            var document = JsonDocument.Parse(StoredFile.ReadBytes(path));
            return document.RootElement.ValueKind == JsonValueKind.Object ? new ConfigFile(document, exists: true) : throw new TokenizerException($"{path} is not a JSON object.");
        }
        catch (JsonException e)
        {
            throw new TokenizerException($"{path} is not valid JSON: {e.Message}", e);
        }
    }

    public void Dispose() => _document.Dispose();
}
