using System.Text.Json;
using Ptune.Fixtures;

namespace Ptune.Learning.Tests.Checks;

/// <summary>A folder with one fault or oddity of real checkpoints, laid out in a temporary place as its case.json asks.</summary>
internal sealed class PitfallFolder : IDisposable
{
    private static readonly string _root = Repository.PathOf("tests", "fixtures", "pitfalls");

    private readonly TempFolder _folder = new();
    private readonly JsonDocument _document;

    public PitfallFolder(string name)
    {
        string source = Path.Combine(_root, name);
        _document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(source, "case.json")));
        foreach (string file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(_folder.Path, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        Directory.CreateDirectory(_folder["model"]);
        if (Case.TryGetProperty("weights", out var weights)) File.Copy(Path.Combine(source, weights.GetString()!), _folder[Path.Combine("model", "model.safetensors")]);
        if (Case.TryGetProperty("links", out var links)) Link(links);
        if (Case.TryGetProperty("generate", out var generate)) Generate(generate);
        if (Case.TryGetProperty("layout", out var layout)) Model = Layout(layout);
        else Model = _folder["model"];
    }

    /// <summary>The names of all folders.</summary>
    public static IEnumerable<string> Names => Directory.EnumerateDirectories(_root).Where(folder => File.Exists(Path.Combine(folder, "case.json")))
        .Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal);

    public JsonElement Case => _document.RootElement;

    /// <summary>The folder to open.</summary>
    public string Model { get; }

    public string Right => Case.GetProperty("right").GetString()!;

    public IReadOnlyList<string> MustName => [.. Case.GetProperty("must_name").EnumerateArray().Select(word => word.GetString()!)];

    public string this[string file] => _folder[file];

    public void Dispose()
    {
        _document.Dispose();
        _folder.Dispose();
    }

    private void Link(JsonElement links)
    {
        foreach (var link in links.EnumerateObject())
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_folder[link.Name])!);
            File.CreateSymbolicLink(_folder[link.Name], link.Value.GetString()!);
        }
    }

    private string Layout(JsonElement layout)
    {
        foreach (var move in layout.GetProperty("move").EnumerateObject())
        {
            string target = _folder[move.Value.GetString()!];
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Move(_folder[move.Name], target);
        }

        Link(layout.GetProperty("links"));
        return _folder[layout.GetProperty("open").GetString()!];
    }

    // A file too large to keep. Its bytes are never read: that is the point.
    private void Generate(JsonElement generate)
    {
        string path = _folder[generate.GetProperty("file").GetString()!];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var file = File.Create(path);
        file.SetLength(generate.GetProperty("bytes").GetInt64());
    }
}
