using System.Text.Json;
using Ptune.Cli.FakeSilo;
using Ptune.Cli.Tests.Support;
using Ptune.Contracts.Specs;

namespace Ptune.Cli.Tests.Commands;

/// <summary><c>ptune generate</c> on a model of the store.</summary>
public sealed class GenerateStoredTests : IAsyncLifetime
{
    private readonly Client _client = new();
    private FakeServer? _server;

    private FakeServer Server => _server!;

    private GenerationSpec Spec => Assert.IsType<GenerationSpec>(Assert.Single(Server.Models.Specs));

    public async ValueTask InitializeAsync()
    {
        _server = await FakeServer.StartAsync();
        _client.Variables["PTUNE_SERVER"] = _server.Url;
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _client.Dispose();
    }

    [Fact]
    public async Task Prompt_TextWrittenInParts_IsPrintedOnce()
    {
        var outcome = (await _client.RunAsync("generate", FakeModels.Model, "--prompt", "once 😀 upon")).Expect(ExitCode.Done);
        Assert.Equal($"{FakeModels.Text(0)}\n", outcome.Output);
        Assert.Contains("3 tokens, finish: eos", outcome.Error, StringComparison.Ordinal);
        Assert.Equal((FakeModels.Digest, null, "once 😀 upon"), (Spec.Model, Spec.Patch, Assert.Single(Spec.Prompts!)));
    }

    [Fact]
    public async Task Prompt_TextWrittenInParts_IsShownBeforeTheJobEnds()
    {
        await using var holding = await FakeServer.StartAsync(Scenario.Hold);
        _client.Variables["PTUNE_SERVER"] = holding.Url;
        using var process = _client.Start("generate", FakeModels.Model, "--prompt", "a");
        var shown = new char[8];
        Assert.Equal(8, await process.StandardOutput.ReadBlockAsync(shown));
        Assert.Equal(FakeModels.Text(0)[..8], new string(shown));
        Signals.Send(process.Id, Signals.Interrupt);
        (await Client.EndAsync(process)).Expect(ExitCode.Interrupted);
    }

    [Theory]
    [InlineData("once", "--- 1 of 2 ---\nanswer 0 is whole\n--- 2 of 2 ---\nans")]
    [InlineData("refused", "--- 1 of 2 ---\nerror: The prompt is refused.\n--- 2 of 2 ---\nans")]
    [InlineData("once", "{\"promptIds\":[1,2],\"ids\":[3,4,0],\"text\":\"answer 0 is whole\"", "-o", "json")]
    [InlineData("refused", "{\"error\":\"The prompt is refused.\"}\n", "-o", "json")]
    public async Task Prompts_AnswersOfTheFirstOnes_AreShownBeforeTheJobEnds(string prompt, string expected, params string[] options)
    {
        await using var holding = await FakeServer.StartAsync(Scenario.Hold);
        _client.Variables["PTUNE_SERVER"] = holding.Url;
        using var process = _client.Start(["generate", FakeModels.Model, "--prompt", prompt, "--prompt", "b", .. options]);
        var shown = new char[expected.Length];
        await process.StandardOutput.ReadBlockAsync(shown);
        Assert.Equal(expected, new string(shown));
        Signals.Send(process.Id, Signals.Interrupt);
        (await Client.EndAsync(process)).Expect(ExitCode.Interrupted);
    }

    [Fact]
    public async Task Prompts_AllRefused_AreAnsweredInTheirPlaces()
    {
        var outcome = (await _client.RunAsync("generate", FakeModels.Model, "--prompt", "refused", "--prompt", "refused", "-o", "json")).Expect(ExitCode.JobFailed);
        Assert.Equal(Enumerable.Repeat("{\"error\":\"The prompt is refused.\"}", 2), outcome.Lines);
    }

    [Fact]
    public async Task Options_AreTheJobs()
    {
        await _client.RunAsync(
            "generate", FakeModels.Model, "--patch", FakeModels.Patch, "--prompt", "a", "--temperature", "0.5", "--top-k", "7", "--top-p", "0.9", "--repetition-penalty", "1.1",
            "--max-tokens", "9", "--stop", "b", "--ignore-eos", "--seed", "3", "--dtype", "bfloat16");
        Assert.Equal(
            (FakeModels.PatchDigest, 0.5, 7, 0.9, 1.1, 9, true, 3, ComputeType.Bfloat16, "b"),
            (Spec.Patch, Spec.Temperature, Spec.TopK, Spec.TopP, Spec.RepetitionPenalty, Spec.MaxTokens, Spec.IgnoreEos, Spec.Seed, Spec.Dtype, Assert.Single(Spec.Stop!)));
    }

    [Fact]
    public async Task Rewards_AreTheJobsWithTheirWeightsAndSources()
    {
        var outcome = await _client.RunAsync("generate", FakeModels.Model, "--prompt", "a", "--reward", $"{FakeModels.Reward}:-0.8", "--reward", FakeModels.LoraReward);
        RewardUse[] expected = [new() { Reward = FakeModels.RewardDigest, Weight = -0.8 }, new() { Reward = FakeModels.LoraRewardDigest, Source = FakeModels.Digest }];
        Assert.Equal(expected, Spec.Rewards!);
        Assert.Contains($"{FakeModels.Reward} has the weight -0.8", outcome.Expect(ExitCode.Done).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_LinesThatAreNone_AreAnsweredInTheirPlaces()
    {
        const string message = "{\"messages\": [{\"role\": \"user\", \"content\": \"hi\"}]";
        var file = _client.Write("messages.jsonl", $"{message}}}\n[]\n{message}, \"add_generation_prompt\": false}}\n\n{{\"a\": 1, \"a\": 2}}\n");
        var outcome = (await _client.RunAsync("generate", FakeModels.Model, "--messages", file, "-o", "json")).Expect(ExitCode.JobFailed);
        Assert.Equal(5, outcome.Lines.Length);
        Assert.Equal([true, false, true, false, false], outcome.Lines.Select(line => line.Contains("\"text\"", StringComparison.Ordinal)));
        Assert.Contains("not a JSON object", outcome.Lines[1], StringComparison.Ordinal);
        // A line that does not say how the prompt ends asks for an answer.
        Assert.Equal([true, false], Spec.Conversations!.Select(text => JsonDocument.Parse(text).RootElement.GetProperty("add_generation_prompt").GetBoolean()));
    }

    [Fact]
    public async Task PromptIds_EmptyOnes_AreAnsweredInTheirPlaces()
    {
        var file = _client.Write("ids.json", "[[1, 2], [], [5000000000]]");
        var outcome = (await _client.RunAsync("generate", FakeModels.Model, "--prompt-ids", file, "-o", "json")).Expect(ExitCode.JobFailed);
        Assert.Equal([1, 2], Assert.Single(Spec.PromptIds!));
        Assert.Contains("is empty", outcome.Lines[1], StringComparison.Ordinal);
        Assert.Contains("5000000000", outcome.Lines[2], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nobody@v1 --prompt a", ExitCode.NotFound, "There is no artifact 'nobody@v1'")]
    [InlineData("terms@v1 --prompt a", ExitCode.Usage, "is a patch; here a model is needed")]
    [InlineData("smol@v1 --prompt a --patch vit@v1", ExitCode.Usage, "is a model; here a patch is needed")]
    [InlineData("smol@v1 --prompt a --reward vit@v1:0.5", ExitCode.Usage, "is a model; here a reward is needed")]
    [InlineData("smol --prompt a", ExitCode.NotFound, "There is no folder 'smol'")]
    [InlineData("smol@v1 --prompt a --temperature 200", ExitCode.Usage, "temperature")]
    [InlineData("smol@v1 --prompt a --max-tokens 0", ExitCode.Usage, "--max-tokens is 0")]
    [InlineData("smol@v1 --prompt-ids none.json", ExitCode.NotFound, "'none.json' does not exist")]
    public async Task BadInput_IsRefusedWithWords(string line, int exitCode, string words)
    {
        var outcome = (await _client.RunAsync(["generate", .. line.Split(' ')])).Expect(exitCode);
        Assert.Contains(words, outcome.Error, StringComparison.Ordinal);
        Assert.Empty(outcome.Output);
        Assert.Empty(Server.Models.Specs);
    }

    [Theory]
    [InlineData("generate", "smol@v1", "--prompt", "a")]
    [InlineData("tokenize", "smol@v1", "--file", "-")]
    [InlineData("apply", "smol@v1", "--patch", "terms@v1", "--to", "merged")]
    [InlineData("models", "check", "smol@v1")]
    public async Task NoStore_NothingIsStarted(params string[] arguments)
    {
        _client.Variables.Clear();
        Assert.Contains("There is no store", (await _client.RunAsync(arguments)).Expect(ExitCode.NotFound).Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_client.Folder));
    }

    [Fact]
    public async Task JobFails_SaysWhyAndWhereTheLogIs()
    {
        await using var failing = await FakeServer.StartAsync(Scenario.Fail);
        _client.Variables["PTUNE_SERVER"] = failing.Url;
        var outcome = (await _client.RunAsync("generate", FakeModels.Model, "--prompt", "a")).Expect(ExitCode.JobFailed);
        Assert.Contains("the loss is not a number", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("ptune logs", outcome.Error, StringComparison.Ordinal);
    }
}
