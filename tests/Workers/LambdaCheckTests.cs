using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Specs;
using Ptune.Fixtures;
using Ptune.Storage.Artifacts;
using Ptune.Supervisor.Attempts;

namespace Ptune.Workers.Tests;

public sealed class LambdaCheckTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ArtifactStore _artifacts = new(new MemoryBlobs(), TimeProvider.System);
    private readonly DataSpec _data;

    public LambdaCheckTests() => _data = new TinyDataset(_folder.Location).Pretraining(epochs: 1, checkpointEverySteps: 1).Data;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("reward", true)]
    [InlineData("rewardModel", false)]
    public async Task Warning_LambdaDiffersFromTheRewards_SaysBoth(string role, bool isScored)
    {
        var reward = await PutAsync(new RewardTuningSpec { Data = _data, Source = "given", Lambda = 0.5 }, ArtifactKind.Reward);
        var input = isScored ? await PutAsync(new ScoringSpec { Data = _data, Subject = reward, SubjectKind = ArtifactKind.Reward }, ArtifactKind.Scores, ("subject", reward)) : reward;

        Assert.Equal("The reward was trained with lambda 0.5 and is evaluated with lambda 1.", await WarningAsync(1, role, input));
        Assert.Null(await WarningAsync(0.5, role, input));
    }

    [Fact]
    public async Task Warning_InputsThatTellNothing_IsNone()
    {
        Assert.Null(await WarningAsync(1, "target", Contracts.Identity.Digest.Of("target")));
        Assert.Null(await WarningAsync(1, "reward", Contracts.Identity.Digest.Of("nowhere")));
        Assert.Null(await WarningAsync(1, "reward", await PutAsync(new NoOpSpec(), ArtifactKind.Scores)));
        Assert.Null(await WarningAsync(1, "reward", await PutAsync(new ScoringSpec { Data = _data, Subject = "given", SubjectKind = ArtifactKind.Reward }, ArtifactKind.Scores)));
    }

    private Task<string?> WarningAsync(double lambda, string role, string digest) => new LambdaCheck(_artifacts).WarningAsync(
        new EvaluationSpec { Data = _data, Lambda = lambda }, new Dictionary<string, string> { [role] = digest }, CancellationToken.None);

    private async Task<string> PutAsync(JobSpec recipe, ArtifactKind kind, params (string Role, string Digest)[] inputs) => (await _artifacts.PutAsync(null, new ArtifactManifest
    {
        Kind = kind,
        JobId = TestWorker.NewJobId(),
        Files = [],
        Recipe = recipe,
        Inputs = inputs.ToDictionary(i => i.Role, i => i.Digest),
    })).Digest;
}
