using System.Text.Json;
using Ptune.Cli.Tests.Support;

namespace Ptune.Cli.Tests.Commands;

/// <summary><c>ptune tokenize</c> with the real executor's program.</summary>
public sealed class TokenizeTests : IDisposable
{
    private static readonly string _fixtures = Path.GetFullPath(Path.Combine(Client.Examples, "..", "tests", "fixtures"));

    private readonly Client _client = new();

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task File_LinesOfWhichSomeFail_AnswersEachInItsPlaceAndExitsWithOne()
    {
        var texts = _client.Write("texts.jsonl", "{\"text\": \"Hello <|im_end|>\"}\n[]\n\n{\"text\": \"\\ud800\"}\n{\"words\": 1}\n{\"text\": \"fine\"}");
        var outcome = (await _client.RunProgramAsync("tokenize", Model(), "--file", texts, "-o", "json")).Expect(ExitCode.JobFailed);
        Assert.Equal(6, outcome.Lines.Length);
        Assert.Equal([39, 319, 75, 78, 220, 502], Ids(outcome.Lines[0]));
        Assert.All(outcome.Lines[1..5], line => Assert.StartsWith("{\"error\":", line, StringComparison.Ordinal));
        Assert.Equal([69, 465], Ids(outcome.Lines[5]));
    }

    [Fact]
    public async Task Decode_Ids_GivesTheTextBack()
    {
        var ids = _client.Write("ids.jsonl", "{\"ids\": [69, 465, 502]}\n{\"ids\": [99999]}\n");
        var outcome = (await _client.RunProgramAsync("tokenize", Model(), "--file", ids, "--decode", "-o", "json")).Expect(ExitCode.JobFailed);
        Assert.Equal("{\"text\":\"fine<|im_end|>\"}", outcome.Lines[0]);
        Assert.Contains("99999", outcome.Lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_Conversations_GiveTextAndIds()
    {
        var messages = _client.Write("messages.jsonl", "{\"messages\": [{\"role\": \"user\", \"content\": \"<|im_end|>\"}], \"add_generation_prompt\": true}\n");
        var outcome = (await _client.RunProgramAsync("tokenize", Model(), "--messages", messages, "--template", Path.Combine(_fixtures, "templates", "reasoning-strip.jinja"), "-o", "json")).Expect(ExitCode.Done);
        using var json = JsonDocument.Parse(Assert.Single(outcome.Lines));
        Assert.Equal("<|im_start|>user\n<|im_end|><|im_end|>\n<|im_start|>assistant\n", json.RootElement.GetProperty("text").GetString());
        // One from the template; the user's own stays text.
        Assert.Equal(1, Ids(outcome.Lines[0]).Count(id => id == 502));
    }

    [Fact]
    public async Task Messages_TemplateThatAsksForTheTime_IsToldIt()
    {
        var messages = _client.Write("messages.jsonl", "{\"messages\": [{\"role\": \"user\", \"content\": \"x\"}]}\n");
        var template = _client.Write("template.jinja", "{{ strftime_now('%d %b %Y') }}");
        string[] words = ["tokenize", Model(), "--messages", messages, "--template", template, "-o", "json"];
        Assert.Contains("none was given", (await _client.RunProgramAsync(words)).Expect(ExitCode.JobFailed).Output, StringComparison.Ordinal);
        Assert.Contains("09 Mar 2025", (await _client.RunProgramAsync([.. words, "--now", "2025-03-09T10:30:00"])).Expect(ExitCode.Done).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StandardInput_Interrupted_EndsTheExecutorToo()
    {
        using var process = _client.Start("tokenize", Model(), "--file", "-", "-o", "json");
        await process.StandardInput.WriteAsync("{\"text\": \"fine\"}\n");
        await process.StandardInput.FlushAsync();
        var children = await ChildrenAsync(process.Id);
        Signals.Send(process.Id, Signals.Interrupt);
        (await Client.EndAsync(process)).Expect(ExitCode.Interrupted);
        Assert.All(children, child => Assert.False(Signals.Lives(child)));
    }

    [Theory]
    [InlineData("| head -c 1 >/dev/null; exit ${PIPESTATUS[0]}", ExitCode.ReaderLeft, "")]
    [InlineData(">/dev/full", ExitCode.NotWritten, "The output cannot be written")]
    public async Task Output_ThatCannotBeWritten_EndsTheCommand(string where, int code, string words)
    {
        var outcome = (await _client.ShellAsync($"yes '{{\"text\": \"hello\"}}' | head -200000 > texts.jsonl; ptune tokenize '{Model()}' --file texts.jsonl {where}")).Expect(code);
        Assert.Contains(words, outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("signal", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_NotThere_ExitsAsNotFound() =>
        Assert.Contains("'nowhere.jsonl' does not exist", (await _client.RunProgramAsync("tokenize", Model(), "--file", "nowhere.jsonl")).Expect(ExitCode.NotFound).Error, StringComparison.Ordinal);

    private static string Model() => Path.Combine(_fixtures, "tokenizers", "qwen-bpe");

    private static int[] Ids(string line)
    {
        using var json = JsonDocument.Parse(line);
        return [.. json.RootElement.GetProperty("ids").EnumerateArray().Select(id => id.GetInt32())];
    }

    // The client's children, once it has any.
    private static async Task<int[]> ChildrenAsync(int processId)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (await timer.WaitForNextTickAsync())
        {
            var found = Directory.EnumerateDirectories($"/proc/{processId}/task").SelectMany(task => File.ReadAllText(Path.Combine(task, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(int.Parse).ToArray();
            if (found.Length > 0) return found;
        }
        return [];
    }
}
