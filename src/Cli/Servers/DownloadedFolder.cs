using System.Text.Json;

namespace Ptune.Cli.Servers;

/// <summary>What a folder with an artifact's files is to other programs.</summary>
internal static class DownloadedFolder
{
    private const string Adapter = "adapter_config.json", AdapterWeights = "adapter_model.safetensors", Model = "config.json", Reference = "reference.json";

    /// <summary>In lines for people; none where it is nothing that others load.</summary>
    public static IEnumerable<string> Describe(string folder)
    {
        if (Member(folder, Reference, "folder") is { } place)
            yield return $"The model was imported with --reference: its configuration and weights lie in '{place}', and here is what they were when it was imported.";
        else if (Member(folder, Adapter, "peft_type") is { } kind && File.Exists(Path.Combine(folder, AdapterWeights)))
            yield return $"A PEFT folder ({kind}): PeftModel.from_pretrained(MODEL, '{folder}') loads it.";
        else if (Member(folder, Model, "model_type") is { } family && Directory.EnumerateFiles(folder, "model*.safetensors").Any())
            yield return $"A folder that transformers loads ({family}): from_pretrained('{folder}').";
    }

    private static string? Member(string folder, string file, string name)
    {
        var path = Path.Combine(folder, file);
        if (!File.Exists(path)) return null;
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
