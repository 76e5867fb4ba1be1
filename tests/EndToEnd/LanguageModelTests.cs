using System.Text.Json;
using Ptune.Fixtures;
using Ptune.Fixtures.Processes;

namespace Ptune.EndToEnd.Tests;

/// <summary>What the owner of a checkpoint does, by the commands of docs/language-models.md as they are printed there: import it, ask it, tune it on their texts, take the patch along.</summary>
public sealed class LanguageModelTests : IDisposable
{
    /// <summary>The page's checkpoint; here a tiny one has its name.</summary>
    private const string Checkpoint = "SmolLM2-135M-Instruct";

    private static readonly string[] _question = ["--messages", "question.jsonl", "--max-tokens", "60"];

    private readonly TemporaryFolder _folder = new();

    private string Store => _folder.PathOf("store");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task DocumentedCommands_OnATinyCheckpoint_WriteTheSameFromStoreAndFolder()
    {
        var model = Model();
        var page = new DocumentedPage(await File.ReadAllTextAsync(Repository.PathOf("docs", "language-models.md")), end: "Compare");
        Assert.Equal(["data/legal.jsonl", "legal.yaml", "question.jsonl"], page.Files.Keys.Order());
        foreach (var (name, text) in page.Files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_folder.PathOf(name))!);
            await File.WriteAllTextAsync(_folder.PathOf(name), text);
        }
        await using var server = await Embedded.StartAsync(Store);

        var outputs = new List<(string Line, string Output)>();
        foreach (var command in page.Commands) outputs.Add((string.Join(' ', command), await DoneAsync(command)));

        string Output(string begin) => outputs.Single(pair => pair.Line.StartsWith(begin, StringComparison.Ordinal)).Output;
        Assert.Contains("llama", Output("models check"), StringComparison.Ordinal);
        Assert.Contains("Published as legal@v1", Output("run legal.yaml"), StringComparison.Ordinal);
        Assert.Contains("A PEFT folder (LORA)", Output("artifacts get legal@v1"), StringComparison.Ordinal);
        var (bare, tuned) = (Text(Output("generate smol@v1 --messages")), Text(Output("generate smol@v1 --patch")));
        Assert.NotEqual(bare, tuned);
        Assert.Equal(bare, Text(await DoneAsync(["generate", model, .. _question])));
        Assert.Equal(tuned, Text(await DoneAsync(["generate", model, "--patch", "./legal-adapter", .. _question])));
        Assert.Equal(tuned, Text(await DoneAsync(["generate", "./smol-legal", .. _question])));

        await MoreAsync(model, tuned);
    }

    /// <summary>What the page does not show.</summary>
    private async Task MoreAsync(string model, string tuned)
    {
        // The same folder again is the same artifact; another one is not taken for it.
        Assert.Contains("It was imported before", await DoneAsync("models", "import", "smol@v1", "--from", model), StringComparison.Ordinal);
        await File.WriteAllTextAsync(_folder.PathOf($"{Checkpoint}/README.md"), "---\nlicense: mit\n---\n");
        Assert.Contains("smol@v1 stands for sha256:", await EndAsync(2, "models", "import", "smol@v1", "--from", model), StringComparison.Ordinal);

        Assert.Contains("legal@v1", await DoneAsync("patches"), StringComparison.Ordinal);
        await DoneAsync("patches", "import", "legal@v2", "--from", "./legal-adapter", "--base", "smol@v1");
        Assert.Equal(tuned, Text(await DoneAsync(["generate", "smol@v1", "--patch", "legal@v2", .. _question])));

        // The store knows what the patch belongs to: no names are compared.
        Assert.DoesNotContain("note:", await DoneAsync("apply", "smol@v1", "--patch", "legal@v1", "--to", "merged"), StringComparison.Ordinal);
        Assert.Equal(await File.ReadAllBytesAsync(_folder.PathOf("smol-legal/model.safetensors")), await File.ReadAllBytesAsync(_folder.PathOf("merged/model.safetensors")));
        Assert.Empty(Directory.EnumerateDirectories(_folder.Location, ".*"));

        await File.WriteAllTextAsync(_folder.PathOf("texts.jsonl"), JsonSerializer.Serialize(new { text = "hello" }));
        Assert.Contains("\"ids\"", await DoneAsync("tokenize", "smol@v1", "--file", "texts.jsonl", "-o", "json"), StringComparison.Ordinal);
    }

    private string Model()
    {
        var folder = _folder.Subfolder(Checkpoint);
        foreach (var part in new[] { "model", "tokenizer" })
            foreach (var file in Directory.EnumerateFiles(Repository.PathOf("tests", "fixtures", "data", part))) File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        return $"./{Checkpoint}";
    }

    /// <summary>What a model wrote, without what is said about it.</summary>
    private static string Text(string output) => string.Join('\n', output.Split('\n').Where(line => !line.Contains(", finish: ", StringComparison.Ordinal) && !line.StartsWith("note: ", StringComparison.Ordinal)));

    private Task<string> DoneAsync(params string[] arguments) => EndAsync(0, arguments);

    private async Task<string> EndAsync(int exitCode, params string[] arguments)
    {
        await using var client = Program.Start("Cli", "ptune.dll", arguments, new Dictionary<string, string> { ["PTUNE_STORE"] = Store }, _folder.Location);
        Assert.True(await client.ExitAsync() == exitCode, $"ptune {string.Join(' ', arguments)} ended with {client.ExitCode}:\n{client.Output}");
        return client.Output;
    }
}
