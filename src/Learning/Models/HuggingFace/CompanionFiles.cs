namespace Ptune.Learning.Models.HuggingFace;

/// <summary>The files beside a model's weights and configuration that go with it wherever it is copied: tokenizer, templates, defaults of generation, model card, licence.</summary>
internal static class CompanionFiles
{
    private const string _templates = "additional_chat_templates";

    private static readonly string[] _kept = [".json", ".jinja", ".txt", ".md", ".model"];
    private static readonly string[] _legal = ["LICENSE", "LICENCE", "NOTICE", "COPYING"];

    // What a training or another kind of folder left there: it describes something else than the model.
    private static readonly string[] _strange = ["adapter_config.json", "reference.json", "manifest.json", "trainer_state.json", "all_results.json", "train_results.json", "eval_results.json"];

    /// <summary>Their names below the folder, in order; the configuration and the weights' index are none of them.</summary>
    public static IReadOnlyList<string> In(FolderFiles files) => [.. files.Names.Where(IsOne).Concat(Templates(files)).Order(StringComparer.Ordinal)];

    private static bool IsOne(string name) =>
        name != PretrainedFolder.ConfigFile && !name.EndsWith(".index.json", StringComparison.Ordinal) && !_strange.Contains(name)
        && (_kept.Contains(Path.GetExtension(name)) || _legal.Any(word => name.StartsWith(word, StringComparison.OrdinalIgnoreCase)));

    private static IEnumerable<string> Templates(FolderFiles files)
    {
        string folder = Path.Combine(files.Folder, _templates);
        return Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.jinja").Select(path => $"{_templates}/{Path.GetFileName(path)}") : [];
    }
}
