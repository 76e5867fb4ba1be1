using Ptune.Cli.Carrying;
using Ptune.Cli.FakeSilo;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Specs;

namespace Ptune.Cli.Tests.Carrying;

/// <summary>What is known of a port before anything runs.</summary>
public sealed class CarryPartiesTests
{
    private static readonly CarryOrder _order = new() { Artifact = "legal@v1", Target = "smol@v2", Probe = "probe.jsonl" };

    [Fact]
    public void Warnings_OfAnOrdinaryPort_AreNone() => Assert.Empty(Parties(Model('1'), Model('2')).Warnings(_order));

    [Theory]
    [InlineData(-0.5, "negative")]
    [InlineData(4.5, "above 4")]
    [InlineData(0.5, "another lambda than the 2 that")]
    public void Warnings_OfAWeight_SayWhatItMeans(double weight, string words) =>
        Assert.Contains(words, Assert.Single(Parties(Model('1'), Model('2'), ArtifactKind.Reward).Warnings(_order with { Weight = weight })), StringComparison.Ordinal);

    [Fact]
    public void Warnings_OfATargetTunedFromTheSource_SayThatItMayKnow()
    {
        var update = With(Model('2'), AttributeNames.Base, Model('1').Digest);
        var data = new ProbeFile("a.jsonl", TextFormat.Text).Data(new string('0', 64), 64);
        var tuned = update with { Manifest = update.Manifest with { Recipe = new FineTuningSpec { Base = Model('1').Digest, Data = data, Recipe = new TrainingRecipe() } } };

        Assert.Empty(Parties(Model('1'), update).Warnings(_order));
        Assert.Contains("was itself tuned", Assert.Single(Parties(Model('1'), tuned).Warnings(_order)), StringComparison.Ordinal);
    }

    /// <summary>All models are asked the same: windows are as long as the shortest context.</summary>
    [Fact]
    public void Jobs_OfALoraReward_NameItsSourceAndTheShortestContext()
    {
        var parties = Parties(Model('1'), With(Model('2'), AttributeNames.Context, "128"), ArtifactKind.Reward);
        var lora = parties with { Artifact = With(parties.Artifact, AttributeNames.Method, "lora") };
        var data = new ProbeFile("a.jsonl", TextFormat.Text).Data(new string('0', 64), 64);

        var job = new CarryJobs(_order with { Weight = 0.5 }, lora).Probed(data, "carried", data);

        Assert.Equal(128, new CarryJobs(_order, lora).MaxTokens);
        Assert.Equal(new RewardUse { Reward = lora.Artifact.Digest, Weight = 0.5, Source = lora.Source.Digest }, Assert.Single(job.Rewards!));
        Assert.Equal((lora.Target.Digest, lora.Source.Digest, null, data), (job.Subject, job.Source, job.Patch, job.TunedOn));
        Assert.Null(Assert.Single(new CarryJobs(_order, parties).Probed(data, "carried", null).Rewards!).Source);
    }

    [Fact]
    public void Warnings_OfLicences_NameBoth()
    {
        Assert.Contains("'apache-2.0', and the target is under 'mit'", Assert.Single(Parties(Model('1'), With(Model('2'), AttributeNames.Licence, "mit")).Warnings(_order)), StringComparison.Ordinal);
        Assert.Contains("are unknown", Assert.Single(Parties(With(Model('1'), AttributeNames.Licence, "unknown"), With(Model('2'), AttributeNames.Licence, "unknown")).Warnings(_order)), StringComparison.Ordinal);
    }

    [Fact]
    public void Check_LicenceThatIsNotAllowed_IsRefused()
    {
        var parties = Parties(Model('1'), With(Model('2'), AttributeNames.Licence, "other"));

        Assert.Contains("The licence of smol@v2 is 'other', and only Apache-2.0 is allowed", Assert.Throws<CliException>(() => parties.Check(_order with { Licences = ["Apache-2.0"] })).Message, StringComparison.Ordinal);
        parties.Check(_order with { Licences = ["Apache-2.0", "other"] });
    }

    [Fact]
    public void Check_PatchOnAnotherFamily_IsRefusedAndARewardIsNot()
    {
        var other = With(Model('2'), AttributeNames.Family, "gpt2");

        Assert.Contains("belongs to a llama, and smol@v2 is a gpt2", Assert.Throws<CliException>(() => Parties(Model('1'), other).Check(_order)).Message, StringComparison.Ordinal);
        Parties(Model('1'), other, ArtifactKind.Reward).Check(_order);
    }

    [Fact]
    public void Check_TargetThatIsAClassifier_IsRefused()
    {
        var model = Model('2');

        Assert.Contains("smol@v2 is not a language model", Assert.Throws<CliException>(() => Parties(Model('1'), model with { Manifest = model.Manifest with { Labels = ["ham", "spam"] } }).Check(_order)).Message, StringComparison.Ordinal);
    }

    private static CarryParties Parties(ArtifactView source, ArtifactView target, ArtifactKind kind = ArtifactKind.Patch)
    {
        var artifact = FakeModels.Artifact(FakeModels.Patch)!;
        return new(With(artifact with { Manifest = artifact.Manifest with { Kind = kind } }, AttributeNames.Lambda, "2"), source, target);
    }

    private static ArtifactView Model(char digit) => FakeModels.Artifact(FakeModels.Model)! with { Digest = "sha256:" + new string(digit, 64) };

    private static ArtifactView With(ArtifactView view, string name, string value) =>
        view with { Manifest = view.Manifest with { Attributes = new(view.Manifest.Attributes) { [name] = value } } };
}
