using System.Text;
using System.Text.Json;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;
using Ptune.Fixtures;
using Ptune.Silo.Admission;
using Ptune.Silo.Artifacts;
using Ptune.Storage.Artifacts;
using Ptune.Storage.Embedded;

namespace Ptune.Silo.Tests.Admission;

/// <summary>What is learnt on a stored model is compared with the stored models that it is to be carried to, before anything is trained.</summary>
public sealed class StudyFitCheckTests : IDisposable
{
    private const string Same = """{"model": {"vocab": {"a": 0, "b": 1}}}""", Other = """{"model": {"vocab": {"b": 0, "a": 1}}}""";

    private readonly TemporaryFolder _folder = new("fit");
    private readonly FolderBlobStore _blobs;
    private readonly ArtifactStore _artifacts;

    public StudyFitCheckTests()
    {
        _blobs = new FolderBlobStore(_folder.PathOf("blobs"));
        _artifacts = new ArtifactStore(_blobs, TimeProvider.System);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("patched", 16, Same, null)]
    [InlineData("patched", 24, Same, "What is learnt on s@v1 cannot be carried to t@v1 by 'patched': 1 of 1 tensor differs: model.layers.0.q.weight is [16, 16] in s@v1 and [24, 24] in t@v1.")]
    [InlineData("{ kind: patched, lora: { targets: k } }", 24, Same, null)]
    [InlineData("randomPatch", 24, Same, "by 'randomPatch': 1 of 1 tensor differs")]
    [InlineData("difference", 24, Same, "by 'difference': 2 of 2 tensors differ")]
    [InlineData("ported", 24, Same, null)]
    [InlineData("ported", 16, Other, "by 'ported': s@v1 and t@v1 have different tokens: of the 2 ids that both have, 2 mean another token. 0 is 'a' and 'b'; 1 is 'b' and 'a'.")]
    [InlineData("eft", 16, Other, "by 'eft': s@v1 and t@v1 have different tokens")]
    [InlineData("randomReward", 16, Other, "by 'randomReward': s@v1 and t@v1 have different tokens")]
    [InlineData("rewardAlone", 24, Other, null)]
    [InlineData("retrained", 24, Other, null)]
    public async Task Check_StoredModels_AreComparedByWhatTheMethodTakes(string method, int width, string tokens, string? expected)
    {
        var (source, target) = (await PutAsync(16, Same), await PutAsync(width, tokens));

        var problems = await CheckAsync(Study(method, "text", "{ artifact: t@v1 }"), source, target);

        if (expected is null) Assert.Empty(problems);
        else Assert.Contains(expected, Assert.Single(problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_Problem_StandsAtTheMethodAndSaysTheWayOut()
    {
        var problem = Assert.Single(await CheckAsync(Study("patched", "text", "{ artifact: t@v1 }"), await PutAsync(16, Same), await PutAsync(24, Same)));

        Assert.Equal(("methods[1]", "Leave t@v1 out with 'targets' of this method, or remove the method; a reward needs only the same tokens."), (problem.Path, problem.Fix));
    }

    /// <summary>Rewards over labels go to models with other tokens.</summary>
    [Fact]
    public async Task Check_RewardOverLabels_NeedsNoSameTokens() => Assert.Empty(await CheckAsync(Study("ported", "textLabel", "{ artifact: t@v1 }"), await PutAsync(16, Same), await PutAsync(16, Other)));

    [Fact]
    public async Task Check_ModelThatLiesElsewhereOrIsDamaged_IsLeftToTheJob()
    {
        var source = await PutAsync(16, Same);
        Assert.Empty(await CheckAsync(Study("patched", "text", "{ artifact: t@v1 }"), source, await PutAsync(null, null)));
        Assert.Empty(await CheckAsync(Study("patched", "text", "{ artifact: t@v1 }"), source, await PutAsync(24, "{")));
    }

    private Task<IReadOnlyList<SpecProblem>> CheckAsync((LanguageStudySpec Study, SpecPositions Positions) read, string source, string target) => new StudyFitCheck(new Manifests(_artifacts), _blobs).CheckAsync(
        read.Study,
        [.. read.Study.Artifacts().Select(model => new ResolvedInput(new JobInput(model.Model, $"models.{model.Model}.artifact", model.Artifact, ArtifactKind.Model), model.Artifact == "s@v1" ? source : target, null))],
        read.Positions, TestContext.Current.CancellationToken);

    private static (LanguageStudySpec, SpecPositions) Study(string method, string format, string target)
    {
        var reading = SpecReader.Read($$"""
            apiVersion: ptune/v1
            kind: TransferStudy
            name: fit
            datasets:
              d: { kind: text, name: d, location: /data, files: [ { path: d.jsonl, sha256: {{new string('0', 64)}} } ], format: {{format}}{{(format == "textLabel" ? ", labels: [a, b]" : "")}} }
            models:
              s@v1: { artifact: s@v1 }
              t@v1: {{target}}
            sources: [s@v1]
            targets: [t@v1]
            tuning: { data: d, recipe: { steps: 1 } }
            methods:
              - bare
              - {{method}}
            tasks:
              - { kind: {{(format == "textLabel" ? "accuracy" : "bitsPerByte")}}, data: d }
            """);
        Assert.True(reading.Spec is LanguageStudySpec, string.Join('\n', reading.Problems.Select(problem => problem.Message)));
        return ((LanguageStudySpec)reading.Spec!, reading.Positions);
    }

    private async Task<string> PutAsync(int? width, string? tokens)
    {
        var folder = _folder.Subfolder(Guid.NewGuid().ToString("n"));
        if (width is { } square)
        {
            static object Tensor(params int[] shape) => new { dtype = "F32", shape, data_offsets = new[] { 0, 4 * shape.Aggregate((one, other) => one * other) } };
            var header = JsonSerializer.Serialize(new Dictionary<string, object> { ["model.embed.weight"] = Tensor(90, square), ["model.layers.0.q.weight"] = Tensor(square, square), ["model.layers.0.norm.weight"] = Tensor(square) });
            await File.WriteAllBytesAsync(Path.Combine(folder, "model.safetensors"), [.. BitConverter.GetBytes((long)header.Length), .. Encoding.UTF8.GetBytes(header)]);
        }
        if (tokens is not null) await File.WriteAllTextAsync(Path.Combine(folder, "tokenizer.json"), tokens);
        return (await _artifacts.PutAsync(folder, new ArtifactManifest { Kind = ArtifactKind.Model, JobId = "default.a", Files = [], Recipe = new NoOpSpec { Seed = width ?? 0 } })).Digest;
    }
}
