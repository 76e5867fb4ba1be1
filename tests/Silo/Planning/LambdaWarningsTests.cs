using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Specs;
using Ptune.Fixtures;
using Ptune.Silo.Artifacts;
using Ptune.Silo.Planning;
using Ptune.Storage.Artifacts;
using Ptune.Storage.Embedded;

namespace Ptune.Silo.Tests.Planning;

/// <summary>A plan says that a reward was trained at another temperature than it is evaluated with.</summary>
public sealed class LambdaWarningsTests : IDisposable
{
    private static readonly DataSpec s_data = new() { Dataset = new ImageDatasetSpec { Name = "d", Location = "/data", Labels = ["a", "b"], Files = Files() }, Splits = new SplitsSpec(), Split = Split.Test };

    private readonly TemporaryFolder _folder = new("lambda");
    private readonly ArtifactStore _artifacts;

    public LambdaWarningsTests() => _artifacts = new ArtifactStore(new FolderBlobStore(_folder.Location), TimeProvider.System);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Of_ScoresOfARewardOfAnotherLambda_SaysBoth()
    {
        var reward = await PutAsync(new RewardTuningSpec { Data = s_data, Source = "given", Lambda = 0.5 }, ArtifactKind.Reward);
        var scores = await PutAsync(new ScoringSpec { Data = s_data, Subject = reward, SubjectKind = ArtifactKind.Reward }, ArtifactKind.Scores, ("subject", reward));

        Assert.Equal("The reward was trained with lambda 0.5 and is evaluated with lambda 1.", Assert.Single(await WarningsAsync(scores, 1)));
        Assert.Empty(await WarningsAsync(scores, 0.5));
        Assert.Empty(await WarningsAsync(Digest.Of("nowhere"), 1));
        Assert.Empty(await WarningsAsync("job:default.aaaa", 1));
    }

    private Task<IReadOnlyList<string>> WarningsAsync(string scores, double lambda) =>
        LambdaWarnings.OfAsync(new EvaluationSpec { Data = s_data, Lambda = lambda, Scores = new EvaluationScores { Target = scores, Reward = scores } }, new Manifests(_artifacts), CancellationToken.None);

    private async Task<string> PutAsync(JobSpec recipe, ArtifactKind kind, params (string Role, string Digest)[] inputs) =>
        (await _artifacts.PutAsync(null, new ArtifactManifest { Kind = kind, JobId = "default.a", Files = [], Recipe = recipe, Inputs = inputs.ToDictionary(i => i.Role, i => i.Digest) })).Digest;

    private static IdxFiles Files()
    {
        var file = new DataFile { Path = "f", Sha256 = new string('0', 64) };
        return new IdxFiles { TrainImages = file, TrainLabels = file, TestImages = file, TestLabels = file };
    }
}
