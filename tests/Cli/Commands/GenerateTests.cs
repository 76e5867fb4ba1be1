using System.Text.Json;
using Ptune.Cli.Tests.Support;

namespace Ptune.Cli.Tests.Commands;

/// <summary><c>ptune generate</c> on a folder.</summary>
public sealed class GenerateTests : IDisposable
{
    private static readonly string _fixtures = Path.GetFullPath(Path.Combine(Client.Examples, "..", "tests", "fixtures", "data"));

    private readonly Client _client = new();

    public void Dispose() => _client.Dispose();

    [Theory]
    [InlineData("generate .", "exactly one of --prompt, --messages and --prompt-ids")]
    [InlineData("generate . --prompt a --messages b", "exactly one of --prompt, --messages and --prompt-ids")]
    [InlineData("generate . --prompt a --template t", "--template goes with --messages only")]
    [InlineData("generate . --prompt a --now 2025-03-09", "--now goes with --messages only")]
    [InlineData("generate . --prompt-ids a --stop b", "--stop does not go with --prompt-ids")]
    [InlineData("generate . --prompt a --stop ", "--stop is empty")]
    [InlineData("generate . --prompt a --stop=", "--stop needs a value (TEXT)")]
    [InlineData("generate . --prompt a -o", "--output needs a value")]
    [InlineData("generate . --prompt a -o paper", "'paper' is not an output format")]
    [InlineData("generate . --prompt a -o yaml", "not yaml")]
    [InlineData("generate smol@v1 --prompt a --patch ./folder", "ptune patches import NAME@VERSION --from ./folder --base smol@v1")]
    [InlineData("generate ./model --prompt a --patch legal@v1", "ptune artifacts get legal@v1 --to FOLDER")]
    [InlineData("generate . --prompt a --reward ./tone:much", "the weight 'much' is not a number; write for example ./tone:0.8")]
    [InlineData("generate . --prompt a --reward ./tone:NaN", "the weight 'NaN' is not a number")]
    [InlineData("generate . --prompt a --reward tone@v3:0", "with a weight of 0 nothing is added")]
    [InlineData("generate . --prompt a --reward ./tone --reward ./tone:2", "--reward names './tone' twice")]
    [InlineData("generate . --prompt a --reward-source ./small", "--reward-source goes with --reward only")]
    [InlineData("generate smol@v1 --prompt a --reward ./tone:0.5", "The model 'smol@v1' is in the store, and the reward is a folder")]
    [InlineData("generate . --prompt a --reward tone@v3:0.5", "ptune artifacts get tone@v3 --to FOLDER")]
    public async Task Generate_WrongUsage_IsRefusedWithWords(string line, string words)
    {
        var outcome = (await _client.RunAsync(line.Split(' '))).Expect(ExitCode.Usage);
        Assert.Contains(words, outcome.Error, StringComparison.Ordinal);
        Assert.Empty(outcome.Output);
    }

    [Fact]
    public async Task Prompt_TooLongToBePassedOn_IsRefusedWithWords()
    {
        string text = new('a', 70_000);
        Assert.Contains("can be passed on", (await _client.RunAsync("generate", ".", "--prompt", text, "--prompt", text)).Expect(ExitCode.Usage).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prompts_AsTextAndAsJson_GiveTheSameTextsInTheirOrder()
    {
        // A long first prompt is computed last, and still printed first; @ is a character like any other.
        string[] words = ["generate", Model(), "--prompt", "@hello there, how are you", "--prompt", "a", "--max-tokens", "12", "--ignore-eos", "--temperature", "1", "--seed", "3"];
        var json = (await _client.RunProgramAsync([.. words, "-o", "json"])).Expect(ExitCode.Done);
        Assert.Equal(2, json.Lines.Length);
        string[] texts = [.. json.Lines.Select(line => Member(line, "text").GetString()!)];
        Assert.All(json.Lines, line => Assert.Equal(("length", 12), (Member(line, "finish").GetString(), Member(line, "ids").GetArrayLength())));
        var plain = (await _client.RunProgramAsync(words)).Expect(ExitCode.Done);
        Assert.Equal($"--- 1 of 2 ---\n{texts[0].TrimEnd('\n')}\n--- 2 of 2 ---\n{texts[1].TrimEnd('\n')}\n", plain.Output);
        Assert.Equal(2, plain.Error.Split('\n').Count(line => line.EndsWith("finish: length", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Messages_LinesOfWhichSomeFail_AreAnsweredInTheirPlaces()
    {
        const string message = "{\"messages\": [{\"role\": \"user\", \"content\": \"hi\"}]";
        var messages = _client.Write("messages.jsonl", $"{message}}}\n[]\n{message}, \"add_generation_prompt\": false}}\n{{\"messages\": []}}\n");
        var outcome = (await _client.RunProgramAsync("generate", Model(), "--messages", messages, "--max-tokens", "3", "--temperature", "0", "--ignore-eos", "-o", "json")).Expect(ExitCode.JobFailed);
        Assert.Equal(4, outcome.Lines.Length);
        // A line that does not say how the prompt ends asks for an answer: <|im_start|> opens the question, and the answer.
        Assert.Equal([2, 1], new[] { outcome.Lines[0], outcome.Lines[2] }.Select(line => Member(line, "promptIds").EnumerateArray().Count(id => id.GetInt32() == 1)));
        Assert.All(new[] { outcome.Lines[1], outcome.Lines[3] }, line => Assert.StartsWith("{\"error\":", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Terminal_TextWithControlCharacters_ShowsThemAsEscapes()
    {
        string[] words = ["generate", Model(), "--prompt", "hello there", "--max-tokens", "200", "--ignore-eos", "--temperature", "1", "--seed", "1"];
        var text = Member((await _client.RunProgramAsync([.. words, "-o", "json"])).Expect(ExitCode.Done).Lines[0], "text").GetString()!;
        Assert.Contains(text, c => char.IsControl(c) && c is not ('\n' or '\t'));
        var shown = (await _client.RunOnTerminalAsync(words)).Expect(ExitCode.Done).Output;
        var escaped = string.Concat(text.Select(c => char.IsControl(c) && c is not ('\n' or '\t') ? $"\\u{(int)c:x4}" : c.ToString()));
        Assert.Contains(escaped, shown.Replace("\r\n", "\n", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private string Model()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_client.Folder, "model")).FullName;
        foreach (var file in new[] { "model", "tokenizer" }.SelectMany(part => Directory.EnumerateFiles(Path.Combine(_fixtures, part)))) File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
        return folder;
    }

    private static JsonElement Member(string line, string name)
    {
        using var json = JsonDocument.Parse(line);
        return json.RootElement.GetProperty(name).Clone();
    }
}
