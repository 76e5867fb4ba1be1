using System.Text.Json;
using Ptune.Fixtures;

namespace Ptune.Templates.Tests.Oracle;

/// <summary>What Python's Jinja in transformers made of templates: tests/fixtures/templates.</summary>
internal static class OracleFile
{
    public static DateTimeOffset Now { get; } = new(2025, 3, 9, 10, 30, 0, TimeSpan.Zero);

    public static JsonElement Read(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path(name)), new JsonDocumentOptions { MaxDepth = 256 });
        return document.RootElement.Clone();
    }

    public static string Path(string name) => Repository.PathOf("tests", "fixtures", "templates", name);

    public static string Template(string name) => File.ReadAllText(Path(name + ".jinja"));
}
