using System.Text.Json;
using Ptune.Learning.Formats;

namespace Ptune.Learning.Tokenization;

/// <summary>Where a model's chat templates may stand, and which one counts.</summary>
/// <param name="Sources">By name.</param>
/// <param name="Notes">What is unusual.</param>
internal sealed record ChatTemplateFiles(IReadOnlyDictionary<string, string> Sources, IReadOnlyList<string> Notes)
{
    /// <exception cref="TokenizerException">A file is damaged.</exception>
    public static ChatTemplateFiles Read(string folder)
    {
        var sources = new Dictionary<string, string>();
        var notes = new List<string>();
        using var config = ConfigFile.Read(folder, "tokenizer_config.json");
        if (TokenizerFile.Member(config.Root, "chat_template") is { } written) ReadKey(written, sources);
        var file = Path.Combine(folder, "chat_template.jinja");
        if (File.Exists(file))
        {
            var text = StoredFile.ReadText(file);
            if (sources.TryGetValue(TokenizerFolder.DefaultTemplate, out var other) && other != text)
                notes.Add("chat_template.jinja and the key chat_template in tokenizer_config.json hold different templates; the file counts.");
            // The file replaces all templates of the key.
            sources.Clear();
            sources[TokenizerFolder.DefaultTemplate] = text;
        }
        var more = Path.Combine(folder, "additional_chat_templates");
        if (Directory.Exists(more))
            foreach (var named in Directory.EnumerateFiles(more, "*.jinja").Order(StringComparer.Ordinal)) sources[Path.GetFileNameWithoutExtension(named)] = StoredFile.ReadText(named);
        return new ChatTemplateFiles(sources, notes);
    }

    private static void ReadKey(JsonElement key, Dictionary<string, string> sources)
    {
        if (key.ValueKind == JsonValueKind.String) sources[TokenizerFolder.DefaultTemplate] = key.GetString()!;
        else if (key.ValueKind == JsonValueKind.Array)
            foreach (var named in key.EnumerateArray()) sources[named.GetProperty("name").GetString()!] = named.GetProperty("template").GetString()!;
        else throw new TokenizerException("The key chat_template in tokenizer_config.json is neither a text nor a list of named templates.");
    }
}
