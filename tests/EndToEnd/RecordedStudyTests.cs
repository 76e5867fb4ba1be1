using System.Text.Json;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Studies;
using Ptune.Fixtures;
using Ptune.Fixtures.Data;
using Ptune.Fixtures.Processes;

namespace Ptune.EndToEnd.Tests;

public sealed class RecordedStudyTests
{
    [Fact]
    public async Task Run_OfAnEarlierRevisionsStudyWithOneMoreTarget_ComputesOnlyTheNewCellsFromItsArtifacts()
    {
        using var folder = new TemporaryFolder("recorded");
        var store = RecordedStore.WithStudy(folder.Location);
        var spec = store.Spec("study")
            .Replace("source: vit@v1", "  mlp@v2:\n    architecture: { kind: mlp, hidden: 8 }\n    pretraining: { seed: 4, recipe: { epochs: 1 } }\nsource: vit@v1", StringComparison.Ordinal)
            .Replace("targets: [mlp@v1, cnn@v1]", "targets: [mlp@v1, cnn@v1, mlp@v2]", StringComparison.Ordinal);
        var file = folder.PathOf("study.yaml");
        await File.WriteAllTextAsync(file, spec);

        await using var client = Program.Start("Cli", "ptune.dll", ["run", file], new Dictionary<string, string> { ["PTUNE_STORE"] = store.Location }, folder.Location);
        Assert.True(await client.ExitAsync() == 0, client.Output);

        var result = JsonSerializer.Deserialize<StudyResult>(await File.ReadAllTextAsync(folder.PathOf("runs", "recorded", "result.json")), SpecJson.Options)!;
        var recorded = RecordedStore.Answers["study"]!;
        // One pretraining, its scores and its timing; for each of two seeds fine-tuning, scores and evaluation: the reward's own scores and the source's are there.
        Assert.Equal(new JobCounts(3 + 2 * 3, (int)recorded["jobs"]!["computed"]!), result.Jobs);
        var before = recorded["targets"]!.Deserialize<TargetResult[]>(SpecJson.Options)!;
        Assert.Equal(before.Select(Text), result.Targets.Take(before.Length).Select(Text));
        Assert.Equal(before.Length + 1, result.Targets.Length);
    }

    private static string Text(TargetResult target) => JsonSerializer.Serialize(target, SpecJson.Options);
}
