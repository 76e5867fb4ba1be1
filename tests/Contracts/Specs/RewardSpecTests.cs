using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;
using Ptune.Fixtures;

namespace Ptune.Contracts.Tests.Specs;

/// <summary>Rewards of texts: how they are trained, and where they are read.</summary>
public sealed class RewardSpecTests
{
    private const string Data = """

        data:
          dataset:
            kind: text
            name: King James
            location: /data
            files: [ { path: king-james.jsonl, sha256: 0000000000000000000000000000000000000000000000000000000000000000 } ]
          split: tuning

        """;

    private const string Tuning = "apiVersion: ptune/v1\nkind: RewardTuning\nname: x\nsource: small@v1" + Data;

    private const string Evaluation = "apiVersion: ptune/v1\nkind: Evaluation\nname: x\nsubject: large@v1\nrewards: [ { reward: tone@v1, weight: 0.8 }, { reward: legal@v1, source: small@v1 } ]" + Data;

    private const string Generation = "apiVersion: ptune/v1\nkind: Generation\nname: x\nmodel: large@v1\nprompts: [Once]\nemulated: { tuned: small@v2, source: small@v1, weight: 0.5 }\n";

    [Fact]
    public void Read_RewardTuningOnTexts_FillsInWhatIsLeftOut()
    {
        var job = Assert.IsType<RewardTuningSpec>(Read(Tuning));

        Assert.Equal((new FullMethod(), 512, 300, 4096), (job.Method, job.Data.MaxTokens, job.Recipe.Steps, job.Recipe.BatchTokens));
        Assert.Equal(new LoraMethod { Rank = 4, Alpha = 8 }, Assert.IsType<RewardTuningSpec>(Read(Tuning + "method: { kind: lora, rank: 4 }")).Method);
        Assert.Equal(ArtifactKind.Reward, job.Produces());
    }

    [Theory]
    [InlineData("text", "", RewardInitialization.ZeroHead)]
    [InlineData("messages", "method: { kind: full }", RewardInitialization.ZeroHead)]
    [InlineData("text", "initialization: source", RewardInitialization.Source)]
    [InlineData("text", "method: { kind: lora }", RewardInitialization.Source)]
    [InlineData("textLabel", "", RewardInitialization.Source)]
    [InlineData("multipleChoice", "", RewardInitialization.Source)]
    public void Read_RewardWithoutAStart_BeginsWithWhatItsDataNeed(string format, string added, RewardInitialization start) =>
        Assert.Equal(start, Assert.IsType<RewardTuningSpec>(Read(Tuning.Replace("kind: text", $"kind: text\n    format: {format}", StringComparison.Ordinal) + added)).Initialization);

    [Fact]
    public void Inputs_OfWhatIsCarried_HaveTheirRolesAndAreReplaced()
    {
        var job = Assert.IsType<EvaluationSpec>(Read(Evaluation));
        var generation = Assert.IsType<GenerationSpec>(Read(Generation));

        Assert.Equal(["subject large@v1 Model", "reward0 tone@v1 Reward", "reward1 legal@v1 Reward", "reward1Source small@v1 Model"], job.Inputs().Select(Shown));
        Assert.Equal(["model large@v1 Model", "emulatedTuned small@v2 Model", "emulatedSource small@v1 Model"], generation.Inputs().Select(Shown));
        foreach (JobSpec spec in new JobSpec[] { job, generation, new ScoringSpec { Data = job.Data, Subject = "large@v1", Rewards = job.Rewards, Emulated = generation.Emulated } })
            Assert.All(spec.WithInputs(reference => $"new-{reference}").Inputs(), input => Assert.StartsWith("new-", input.Reference, StringComparison.Ordinal));

        static string Shown(JobInput input) => $"{input.Role} {input.Reference} {input.Kind}";
    }

    [Theory]
    [InlineData("method: { kind: head }", "method.kind", "A reward is a whole network, or low-rank deltas on its source.")]
    [InlineData("method: { kind: lora }\ninitialization: zeroHead", "initialization", "A LoRA reward is its source with deltas, so it starts as its source.")]
    [InlineData("architecture: { kind: gpt2, layers: 1, width: 32, heads: 2, context: 1024 }", "initialization", "A reward of another architecture has no weights of the source to begin with.")]
    [InlineData("initialization: scratch\narchitecture: { kind: cnn }", "architecture.kind", "This architecture classifies images.")]
    [InlineData("initialization: scratch\narchitecture: { kind: gpt2, layers: 1, width: 32, heads: 5, context: 1024 }", "architecture.heads", "5 heads do not divide the width 32.")]
    [InlineData("lambda: 0", "lambda", "'lambda' is 0; it has to be at least 0.001 and at most 1000.")]
    public void Read_RewardTuning_Mistake_IsNamed(string added, string path, string message) => AssertProblem($"{Tuning}{added}", path, message);

    [Fact]
    public void Read_RewardOfPreferences_IsRefused() =>
        AssertProblem(Tuning.Replace("kind: text", "kind: text\n    format: preference", StringComparison.Ordinal), "data.dataset.format", "Rewards are not tuned on preference.");

    /// <summary>What of labelled texts was over tokens is over labels now: equal specs are other work.</summary>
    [Theory]
    [InlineData("text", 1)]
    [InlineData("textLabel", 2)]
    [InlineData("multipleChoice", 1)]
    public void Read_RewardOfAnswers_IsWorkOfItsOwn(string format, int version) =>
        Assert.Equal(version, Assert.IsType<RewardTuningSpec>(Read(Tuning.Replace("kind: text", $"kind: text\n    format: {format}", StringComparison.Ordinal))).RecipeVersion());

    [Theory]
    [InlineData("weight: 0.8", "weight: 0", "rewards[0].weight", "With a weight of 0 nothing is added.")]
    [InlineData("weight: 0.8", "weight: 1e999", "rewards[0].weight", "'rewards[0].weight' is '1e999'; it has to be a number, without quotes.")]
    [InlineData("reward: legal@v1", "reward: tone@v1", "rewards[1].reward", "'tone@v1' appears twice.")]
    [InlineData("reward: legal@v1", "reward: legal", "rewards[1].reward", "'legal' is not a reference to an artifact or a job.")]
    [InlineData("subject: large@v1", "lambda: 0.5", "lambda", "A reward of texts keeps the lambda that it was trained with.")]
    [InlineData("subject: large@v1", "patch: lora@v1", "patch", "There is no subject for the patch to hang on.")]
    [InlineData("subject: large@v1", "emulated: { tuned: small@v2, source: small@v1 }", "emulated", "There is no subject to emulate the tuning of.")]
    [InlineData("subject: large@v1", "subject: large@v1\nemulated: { tuned: small@v1, source: small@v1 }", "emulated.tuned", "The tuned source and the source are the same model, so their difference is nothing.")]
    [InlineData("rewards: [ { reward: tone@v1, weight: 0.8 }, { reward: legal@v1, source: small@v1 } ]", "rewards: []", "rewards", "'rewards' has 0 entries; it has to be a list of at least 1.")]
    public void Read_Evaluation_Mistake_IsNamed(string right, string wrong, string path, string message) => AssertProblem(Evaluation.Replace(right, wrong, StringComparison.Ordinal), path, message);

    [Fact]
    public void Read_EvaluationOfRewardsAlone_NeedsNoSubject() => Assert.IsType<EvaluationSpec>(Read(Evaluation.Replace("subject: large@v1\n", "", StringComparison.Ordinal)));

    [Fact]
    public void Read_RewardsOfImages_AreReadFromScores()
    {
        const string rewards = "\nrewards: [ { reward: tone@v1 } ]";
        AssertProblem(File.ReadAllText(Repository.PathOf("examples", "scoring.yaml")) + rewards, "rewards", "Images are scored model by model, and the scores are combined by an Evaluation.");
    }

    private static Spec Read(string text)
    {
        var reading = SpecReader.Read(text);
        Assert.Empty(reading.Problems);
        return reading.Spec!;
    }

    private static void AssertProblem(string text, string path, string message) =>
        Assert.Contains(SpecReader.Read(text).Problems.Select(problem => (problem.Path, problem.Message)), problem => problem == (path, message));
}
