using System.Text.Json;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Studies;
using Ptune.Fixtures;
using Ptune.Fixtures.Data;
using Ptune.Fixtures.Processes;

namespace Ptune.EndToEnd.Tests;

/// <summary>What a newcomer does: the client, nothing running, one store.</summary>
public sealed class EmbeddedStudyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _dataset;

    public EmbeddedStudyTests() => _dataset = TinyImages.Write(Path.Combine(_folder.Location, "data"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Run_Twice_ComputesOnceAndExtendingComputesOnlyTheNewCells()
    {
        var first = await RunAsync(TinyStudy.Spec(_dataset, tuningEpochs: 3));
        var second = await RunAsync(TinyStudy.Spec(_dataset, tuningEpochs: 3));
        var extended = await RunAsync(TinyStudy.Spec(_dataset, tuningEpochs: 3, withCnn: true));

        Assert.Equal(0, first.Jobs.Reused);
        Assert.Equal(new JobCounts(0, first.Jobs.Computed), second.Jobs);
        Assert.Equal(first.Jobs.Computed, extended.Jobs.Reused);

        // One pretraining, its scores and its timing; for each of two seeds fine-tuning, scores and evaluation.
        Assert.Equal(3 + 2 * 3, extended.Jobs.Computed);
        Assert.Equal(Text(first.Targets[0]), Text(extended.Targets[0]));
    }

    [Fact]
    public async Task Run_InterruptedMidway_GoesOnFromItsCheckpointsToTheSameResult()
    {
        var spec = TinyStudy.Spec(_dataset, tuningEpochs: 60, seeds: 1);
        var whole = await RunAsync(spec, "whole");

        await using (var client = Client(spec, "cut"))
        {
            await client.SaysAsync(l => l.Contains("reward vit@v1", StringComparison.Ordinal));
            client.Signal(2);
            Assert.Equal(130, await client.ExitAsync());
            Assert.Contains("The same command continues from there", client.Output, StringComparison.Ordinal);
        }
        var resumed = await RunAsync(spec, "cut");

        Assert.True(resumed.Jobs.Reused > 0, "Nothing was kept.");
        Assert.Equal(Text(whole.Targets[0] with { InferenceCost = null }), Text(resumed.Targets[0] with { InferenceCost = null }));
    }

    [Fact]
    public async Task Run_OfATamperedDataFile_NamesTheFileAndComputesNothing()
    {
        var file = Path.Combine(_folder.Location, "data", "train-images");
        var bytes = await File.ReadAllBytesAsync(file);
        bytes[5000] ^= 1;
        await File.WriteAllBytesAsync(file, bytes);

        await using var client = Client(TinyStudy.Spec(_dataset, tuningEpochs: 3), "store");

        // It is found before anything is queued: the spec and the data do not fit each other.
        Assert.Equal(2, await client.ExitAsync());
        Assert.Contains(file, client.Output, StringComparison.Ordinal);
        Assert.Contains("SHA-256", client.Output, StringComparison.Ordinal);
    }

    private static string Text(TargetResult target) => JsonSerializer.Serialize(target, SpecJson.Options);

    private Program Client(string spec, string store)
    {
        var file = Path.Combine(_folder.Location, "study.yaml");
        File.WriteAllText(file, spec);
        return Program.Start("Cli", "ptune.dll", ["run", file], new Dictionary<string, string> { ["PTUNE_STORE"] = Path.Combine(_folder.Location, store) }, _folder.Location);
    }

    private async Task<StudyResult> RunAsync(string spec, string store = "store")
    {
        await using var client = Client(spec, store);
        Assert.True(await client.ExitAsync() == 0, client.Output);
        // The last lines are the files; a study with another target than the one before has a folder of its own.
        var result = Path.Combine(_folder.Location, client.Output.Split('\n').Last(l => l.EndsWith("/result.json", StringComparison.Ordinal)).Trim());
        Assert.True(File.Exists(Path.Combine(Path.GetDirectoryName(result)!, "report.html")));
        return JsonSerializer.Deserialize<StudyResult>(await File.ReadAllTextAsync(result), SpecJson.Options)!;
    }
}
