using Ptune.Contracts.Identity;
using Ptune.Templates;
using Ptune.Templates.Chat;

namespace Ptune.Learning.Tokenization;

/// <summary>
/// A model's folder, read for its tokenizer: <c>tokenizer.json</c>, the special tokens and the chat templates, in the layouts of transformers 4 and 5.
/// </summary>
public sealed class TokenizerFolder : IDisposable
{
    /// <summary>The template that is used where none is asked for by its name.</summary>
    public const string DefaultTemplate = "default";

    private const string _file = "tokenizer.json";

    private readonly string _folder;

    private TokenizerFolder(string folder, Tokenizer tokenizer, SpecialTokens special, ChatTemplateFiles templates)
    {
        _folder = folder;
        Tokenizer = tokenizer;
        SpecialTokens = special.Named;
        Templates = templates.Sources;
        Notes = [.. special.Notes, .. templates.Notes];
    }

    public Tokenizer Tokenizer { get; }

    /// <summary>Of tokenizer.json.</summary>
    public string FileDigest() => Digest.Of(File.ReadAllBytes(Path.Combine(_folder, _file)));

    /// <summary>The special tokens by their names, such as <c>eos_token</c>: a chat template's variables.</summary>
    public IReadOnlyDictionary<string, string> SpecialTokens { get; }

    /// <summary>The chat templates' sources by name.</summary>
    public IReadOnlyDictionary<string, string> Templates { get; }

    /// <summary>What is unusual, and how it was understood.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="TokenizerException">It has no tokenizer.json, or its files contradict each other.</exception>
    public static TokenizerFolder Load(string folder)
    {
        if (!Directory.Exists(folder)) throw new DirectoryNotFoundException($"The folder '{folder}' does not exist.");
        var path = Path.Combine(folder, _file);
        if (!File.Exists(path)) throw new TokenizerException(WithoutFile(folder));
        var tokenizer = Tokenizer.Load(path);
        return new TokenizerFolder(folder, tokenizer, Tokenization.SpecialTokens.Read(folder, tokenizer), ChatTemplateFiles.Read(folder));
    }

    /// <summary>The id of a special token by its name, such as <c>eos_token</c>; null where there is none.</summary>
    public int? IdOf(string name) => SpecialTokens.TryGetValue(name, out var token) ? Tokenizer.IdOf(token) : null;

    /// <summary>The id of padding. What is padding is said by place, so where none is named any id serves.</summary>
    public int Padding => IdOf("pad_token") ?? IdOf("eos_token") ?? 0;

    /// <summary>The chat template.</summary>
    /// <param name="name">Which one, where the model has several.</param>
    /// <exception cref="TokenizerException">There is none, it is empty, or it is no template.</exception>
    public ChatTemplate Template(string name = DefaultTemplate)
    {
        if (Templates.Count == 0) throw new TokenizerException($"{_folder} has no chat template: neither chat_template.jinja nor the key chat_template in tokenizer_config.json. Name one with --template.");
        if (!Templates.TryGetValue(name, out var source)) throw new TokenizerException($"{_folder} has no chat template '{name}'; it has: {string.Join(", ", Templates.Keys)}.");
        if (source.Length == 0) throw new TokenizerException($"The chat_template of {_folder} is empty: every conversation would become an empty text.");
        return Parse(source, $"The chat template of {_folder}");
    }

    /// <summary>A template from elsewhere.</summary>
    /// <param name="source">The template.</param>
    /// <param name="name">What a refusal calls it, at the beginning of a sentence.</param>
    /// <exception cref="TokenizerException">It is empty or no template.</exception>
    public static ChatTemplate Parse(string source, string name)
    {
        try
        {
            return ChatTemplate.Parse(source);
        }
        catch (TemplateException e)
        {
            throw new TokenizerException($"{name} is refused: {e.Message}", e);
        }
    }

    public void Dispose() => Tokenizer.Dispose();

    private static string WithoutFile(string folder)
    {
        var others = new[] { "vocab.json", "merges.txt", "vocab.txt", "tokenizer.model", "spiece.model" }.Where(name => File.Exists(Path.Combine(folder, name))).ToArray();
        return others.Length == 0
            ? $"{folder} has no tokenizer.json."
            : $"{folder} has no tokenizer.json, only {string.Join(", ", others)}. Write one with transformers: AutoTokenizer.from_pretrained('{folder}').save_pretrained('{folder}').";
    }
}
