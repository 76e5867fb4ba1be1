using System.Text.Json;
using Ptune.Cli.Tests.Support;

namespace Ptune.Cli.Tests.Commands;

/// <summary>Studies of language models, against a server whose figures are made up.</summary>
public sealed class LanguageStudyTests : IDisposable
{
    private readonly Client _client = new();

    public LanguageStudyTests() => _client.Variables["PTUNE_SILO"] = Client.FakeSilo;

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Run_PrintsMethodsByTasksAndWhatTheyChange()
    {
        var outcome = (await _client.RunAsync("run", LanguageSpecs.Study(_client))).Expect(ExitCode.Done);

        Assert.Matches(@"MODEL +METHOD +KING-JAMES +FORGETTING +TRAINING +SIZE", outcome.Output);
        Assert.Matches(@"small@v1 +bare +3\.100 +3\.100 +- +-", outcome.Output);
        Assert.Matches(@"small@v1 +lora +2\.205 ± 0\.007 +3\.255 ± 0\.007 +25 s +90\.0 kB", outcome.Output);
        Assert.Contains("small@v1 lora against bare: king-james 0.895 better, forgetting 0.155 worse.", outcome.Output, StringComparison.Ordinal);
        Assert.Equal(["runs/language/report.html", "runs/language/result.json"], outcome.Lines[^2..]);
    }

    [Fact]
    public async Task Run_Files_HoldRowsAndTexts()
    {
        (await _client.RunAsync("run", LanguageSpecs.Study(_client))).Expect(ExitCode.Done);

        using var result = JsonDocument.Parse(_client.Read("runs/language/result.json"));
        var row = result.RootElement.GetProperty("cells")[2];
        Assert.Equal(("lora", "king-james", "bitsPerByte"), (row.GetProperty("method").GetString(), row.GetProperty("task").GetString(), row.GetProperty("metric").GetString()));
        Assert.Equal(JsonValueKind.Null, row.GetProperty("cost").GetProperty("inferenceRatio").ValueKind);
        Assert.Equal("the second", result.RootElement.GetProperty("generations")[1].GetProperty("texts")[1].GetString());
        var report = _client.Read("runs/language/report.html");
        Assert.Contains("the first &lt;one&gt;", report, StringComparison.Ordinal);
        Assert.Contains("Texts side by side", report, StringComparison.Ordinal);
        foreach (var part in new[] { "Sources by targets", "Paired tests", "-0.920 to -0.880", "Is the port safe?", "3 examples of the probe are among those that the study tunes on", "Weights", "Moved by, nats a token", "weight 0.5: king-james 2.800, forgetting 3.150, moved by 0.150 nats a token", "Drift along the updates", "-0.175 ± 0.010", "Refused or harmful", "At a price: lora makes small@v1 better at king-james and worse at forgetting, 3.255 ± 0.007 against 3.100 without it." })
            Assert.Contains(part, report, StringComparison.Ordinal);
        Assert.Contains("2.205 ±\u00a00.007", report, StringComparison.Ordinal);
        Assert.Contains("small@v1 lora</span>", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plan_RelativeLocations_AreReadFromTheSpecsFolder()
    {
        var outcome = (await _client.RunAsync("plan", LanguageSpecs.Study(_client), "-o", "json")).Expect(ExitCode.Done);

        using var plan = JsonDocument.Parse(outcome.Output);
        var spec = plan.RootElement.GetProperty("spec");
        Assert.Equal(Path.Combine(_client.Folder, "data"), spec.GetProperty("datasets").GetProperty("speeches").GetProperty("location").GetString());
        Assert.Equal(Path.Combine(_client.Folder, "data"), spec.GetProperty("models").GetProperty("small@v1").GetProperty("tokenizer").GetProperty("location").GetString());
    }

    [Fact]
    public async Task Plan_CheckpointInAFolder_IsPlannedByItsFiles()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_client.Folder, "smol")).FullName;
        var file = LanguageSpecs.Study(_client);
        File.WriteAllText(file, File.ReadAllText(file).Replace("sources:", "  smol@v1: { from: ../smol }\ntargets: [smol@v1]\nsources:", StringComparison.Ordinal).Replace("methods: [bare", "methods: [{ kind: ported }, bare", StringComparison.Ordinal));

        Assert.Contains($"The folder '{folder}' is empty.", (await _client.RunAsync("plan", file)).Expect(ExitCode.Usage).Error, StringComparison.Ordinal);
        _client.Write("smol/config.json", "{}");
        _client.Write("smol/model.safetensors", "no tensors, but a digest");
        using var plan = JsonDocument.Parse((await _client.RunAsync("plan", file, "-o", "json")).Expect(ExitCode.Done).Output);

        var model = plan.RootElement.GetProperty("spec").GetProperty("models").GetProperty("smol@v1");
        Assert.Equal(("uploads:", "config.json,model.safetensors"), (model.GetProperty("from").GetString(), string.Join(',', model.GetProperty("files").EnumerateArray().Select(one => one.GetProperty("path").GetString()))));
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("{}"u8)), model.GetProperty("files")[0].GetProperty("sha256").GetString());
        Assert.Contains(plan.RootElement.GetProperty("jobs").EnumerateArray(), job => job.GetProperty("name").GetString() == "import smol@v1");
    }

    [Fact]
    public async Task Run_RefusedByTheServer_NamesTheLinesOfTheFile()
    {
        var file = LanguageSpecs.Study(_client);
        _client.Variables["FAKE_SCENARIO"] = "Refuse";

        var outcome = (await _client.RunAsync("run", file)).Expect(ExitCode.Usage);

        Assert.Contains($"{file}:{LanguageSpecs.LineOfSpeechesLocation}:15: datasets.speeches.location: There is no such folder on the server.", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_FilesThatAreMissing_AreNamedBeforeAnythingIsStarted()
    {
        var file = LanguageSpecs.Study(_client, hasFiles: false);

        var outcome = (await _client.RunAsync("run", file)).Expect(ExitCode.Usage);

        Assert.Contains("datasets.king-james.files[0].path: There is no file", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("models.small@v1.tokenizer.file.path: There is no file", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("3 problems in", outcome.Error, StringComparison.Ordinal);
    }
}
