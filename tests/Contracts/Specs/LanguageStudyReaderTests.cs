using System.Text.Json;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;
using Ptune.Contracts.Studies;

namespace Ptune.Contracts.Tests.Specs;

public sealed class LanguageStudyReaderTests
{
    [Fact]
    public void Read_TransferStudyWithDatasets_IsTheFormOfLanguageModels()
    {
        var study = Assert.IsType<LanguageStudySpec>(Read(LanguageStudySamples.Study));

        Assert.Equal(["bare", "full", "lora", "patched", "retrained"], study.Methods.Select(method => method.Title()));
        Assert.Equal(4, Assert.IsType<LoraStudyMethod>(study.Methods[2]).Rank);
        Assert.Equal(["king-james", "forgetting"], study.Tasks.Select(task => task.Title()));
        Assert.Equal([0.8, 0.1, 0.1], study.Splits.Shares!);
        Assert.Equal((5L, 4096L), (study.Tuning.Recipe.Steps!.Value, study.Tuning.Recipe.BatchTokens!.Value));
    }

    [Fact]
    public void Read_TransferStudyWithoutDatasets_IsTheFormOfImages() => Assert.IsType<TransferStudySpec>(Read(Samples.Study));

    [Fact]
    public void Read_KindOfTheFormItself_IsTheSameStudy()
    {
        var study = LanguageStudySamples.With("kind: TransferStudy", "kind: LanguageStudy");
        Assert.Equal(CanonicalJson.Of(Read(LanguageStudySamples.Study)), CanonicalJson.Of(Read(study)));
    }

    [Fact]
    public void Read_LabelledTexts_AreJudgedByAccuracyAndPretrainedOn()
    {
        var labelled = LanguageStudySamples.With("fields: { text: verse }", "format: textLabel").Replace("data: speeches, recipe: { steps: 10 }", "data: king-james, recipe: { steps: 10 }", StringComparison.Ordinal);

        var study = Assert.IsType<LanguageStudySpec>(Read(labelled.Replace("kind: bitsPerByte, data: king-james", "kind: accuracy, data: king-james", StringComparison.Ordinal)));

        Assert.IsType<AccuracyTask>(study.Tasks[0].Judged());
        Assert.Equal("tasks[0].kind", Assert.Single(SpecReader.Read(labelled).Problems).Path);
    }

    /// <summary>Over tokens a head of zeros gained most on validation; other rewards begin as before.</summary>
    [Theory]
    [InlineData("- ported", "text", RewardInitialization.ZeroHead)]
    [InlineData("- rewardAlone", "promptResponse", RewardInitialization.ZeroHead)]
    [InlineData("- { kind: ported, initialization: source }", "text", RewardInitialization.Source)]
    [InlineData("- { kind: ported, lora: { rank: 4 } }", "text", RewardInitialization.Source)]
    [InlineData("- { kind: ported, architecture: { kind: gpt2, layers: 1, width: 32, heads: 2, context: 128 } }", "text", RewardInitialization.Scratch)]
    [InlineData("- ported", "textLabel", RewardInitialization.Source)]
    public void Read_RewardWithoutAStart_BeginsWithWhatItsDataNeed(string method, string format, RewardInitialization start)
    {
        var text = LanguageStudySamples.With("- bare", method).Replace("fields: { text: verse }", $"format: {format}", StringComparison.Ordinal);
        text = format == "textLabel" ? text.Replace("kind: bitsPerByte, data: king-james", "kind: accuracy, data: king-james", StringComparison.Ordinal) : text;

        Assert.Equal(start, Assert.IsAssignableFrom<RewardStudyMethod>(((LanguageStudySpec)Read(text)).Methods[0]).Initialization);
    }

    [Fact]
    public void Read_SeveralRewards_BeginEachWithWhatItsDataNeed()
    {
        var study = (LanguageStudySpec)Read(LanguageStudySamples.With("- bare", "- { kind: ported, rewards: [{ weight: 0.3 }, { lora: { rank: 4 } }, { initialization: source, data: speeches }] }"));

        Assert.Equal([RewardInitialization.ZeroHead, RewardInitialization.Source, RewardInitialization.Source], Assert.IsType<PortedStudyMethod>(study.Methods[0]).Rewards!.Select(reward => reward.Initialization));
    }

    /// <summary>What a report shows is a spec again.</summary>
    [Theory]
    [InlineData("- bare")]
    [InlineData("- ported")]
    [InlineData("- { kind: ported, architecture: { kind: gpt2, layers: 1, width: 32, heads: 2, context: 128 } }")]
    [InlineData("- { kind: ported, rewards: [{ weight: 0.3 }, { weight: 0.6, data: speeches, lora: { rank: 4 } }, { architecture: { kind: gpt2, layers: 1, width: 32, heads: 2, context: 128 } }] }")]
    public void Serialize_ThenRead_IsTheSameStudy(string method)
    {
        var study = Read(LanguageStudySamples.With("- bare", method));
        Assert.Equal(CanonicalJson.Of(study), CanonicalJson.Of(Read(JsonSerializer.Serialize(study, SpecJson.Options))));
    }

    [Theory]
    [InlineData("{ kind: lora, rank: 4 }", "{ kind: lora, rankPattern: { q_proj: 0 } }", "methods[2].rankPattern.q_proj", "The rank of 'q_proj' is 0; it has to be at least 1 and at most 65536.")]
    [InlineData("kind: patched, lora: { rank: 4 }", "kind: patched, lora: { targets: '' }", "methods[3].lora.targets", "No layer has an empty name.")]
    [InlineData("- bare", "- { kind: ported, lora: { alphaPattern: { q_proj: -1 } } }", "methods[0].lora.alphaPattern.q_proj", "The alpha of 'q_proj' is -1; it has to be above 0 and at most 1000000.")]
    [InlineData("- bare", "- { kind: ported, rewards: [{ lora: { rankPattern: { q_proj: 0 } } }] }", "methods[0].rewards[0].lora.rankPattern.q_proj", "The rank of 'q_proj' is 0; it has to be at least 1 and at most 65536.")]
    [InlineData("- retrained", "- { kind: retrained, method: { kind: lora, targets: ' ' } }", "methods[4].method.targets", "No layer has an empty name.")]
    [InlineData("- bare", "- { kind: difference, weight: 0 }", "methods[0].weight", "With a weight of 0 nothing is added.")]
    [InlineData("- bare", "- { kind: prompted, shots: 300 }", "methods[0]", "More examples are shown than the 200 that the study tunes on.")]
    [InlineData("- bare", "- { kind: ported, weight: 0.5, rewards: [{ weight: 0.3 }] }", "methods[0].weight", "With 'rewards', each of them has a 'weight' of its own.")]
    [InlineData("- bare", "- { kind: ported, rewards: [{ weight: 0.3 }, { weight: 0.6, data: king-james }] }", "methods[0].rewards[1]", "This reward is listed twice.")]
    [InlineData("- bare", "- { kind: ported, rewards: [{ data: king-jmaes }] }", "methods[0].rewards[0].data", "'king-jmaes' is not among the data sets.")]
    [InlineData("- bare", "- { kind: ported, initialization: zeroHead, lora: { rank: 4 } }", "methods[0].initialization", "A LoRA reward is its source with deltas, so it starts as its source.")]
    [InlineData("- bare", "- { kind: ported, weight: 0 }", "methods[0].weight", "With a weight of 0 nothing is added.")]
    [InlineData("- bare", "- { kind: eft, weight: .nan }", "methods[0].weight", "'methods[0].weight' is '.nan'; it has to be a number, without quotes.")]
    [InlineData("- bare", "- { kind: eft, targets: [small@v9] }", "methods[0].targets[0]", "'small@v9' is not among the models.")]
    [InlineData("- bare", "- { kind: rewardAlone, targets: [small@v2] }", "methods[0].targets", "The key 'targets' is not known here.")]
    [InlineData("- bare", "- bear", "methods[0].kind", "The kind 'bear' is unknown.")]
    [InlineData("- bare", "- full", "methods[1]", "Two methods are called 'full'.")]
    [InlineData("- bare", "- [bare]", "methods[0]", "'methods[0]' is a list; it has to be indented 'key: value' lines.")]
    [InlineData("name: forgetting", "name: king-james", "tasks[1]", "Two tasks are called 'king-james'.")]
    [InlineData("name: forgetting", "name: a/b", "tasks[1].name", "'a/b' is not a valid name.")]
    [InlineData("data: king-james, count: 200", "data: king-jmaes, count: 200", "tuning.data", "'king-jmaes' is not among the data sets.")]
    [InlineData("data: king-james }", "data: king-james, split: tuning }", "tasks[0].split", "A study compares on examples that no model was trained on.")]
    [InlineData("sources: [small@v1]", "sources: [small@v9]", "sources[0]", "'small@v9' is not among the models.")]
    [InlineData("targets: [small@v2, stored@v1]", "targets: [small@v1, small@v2]", "targets[0]", "'small@v1' is the source.")]
    [InlineData("targets: [small@v2, stored@v1]", "targets: [stored@v1]", "methods[3].targets[0]", "'small@v2' is not among the study's targets.")]
    [InlineData("targets: [small@v2, stored@v1]", "targets: []", "methods[4]", "'retrained' has no target to be measured on.")]
    [InlineData("updates: small@v1", "updates: small@v2", "models.small@v2.updates", "'small@v2' is an update of itself.")]
    [InlineData("updates: small@v1", "updates: stored@v1", "models.small@v2", "The architecture of 'stored@v1' is not known before the model is read.")]
    [InlineData("artifact: other@v3", "architecture: { kind: llama }", "models.stored@v1", "The model has no origin.")]
    [InlineData("artifact: other@v3", "artifact: other", "models.stored@v1.artifact", "'other' is not a reference to an artifact.")]
    [InlineData("context: 256", "context: 64", "models.small@v1.architecture.context", "The model reads 64 tokens at once, and maxTokens is 128.")]
    [InlineData("kind: llama", "kind: vit", "models.small@v1.architecture.layers", "The key 'layers' is not known here.")]
    [InlineData("steps: 5,", "epochs: 5,", "tuning.recipe.epochs", "'epochs' is for images, and these are texts.")]
    [InlineData("batchTokens: 1024", "batchTokens: 100", "models.small@v1.pretraining.recipe.batchTokens", "A step of 100 tokens does not hold an example of 128.")]
    [InlineData("fields: { text: verse }", "format: multipleChoice", "tuning.data", "Nothing is tuned on multipleChoice.")]
    [InlineData("maxTokens: 128", "splits: { shares: [0.9, 0.1, 0] }", "tasks[0].data", "The test split, which is read, has no share.")]
    [InlineData("seeds: [1, 2]", "seeds: [1, 1]", "seeds[1]", "Seed 1 appears twice: it would be the same run.")]
    [InlineData("seeds: [1, 2]", "dataset: { }", "dataset", "The key 'dataset' is not known here.")]
    [InlineData("{ text: verse }", "{ txt: verse }", "datasets.king-james.fields.txt", "Records of the format text have no field 'txt'.")]
    [InlineData("prompts: [And the king, My fellow citizens]", "prompts: ['']", "generations.prompts[0]", "An empty prompt has nothing to continue.")]
    [InlineData("targets: [small@v2, stored@v1]", "targets: [small@v2, stored@v1]\nprobe: { split: tuning }", "probe.split", "A port is measured on examples that nothing was tuned on.")]
    [InlineData("targets: [small@v2, stored@v1]", "targets: [small@v2, stored@v1]\nprobe: { count: 0 }", "probe.count", "'probe.count' is 0; it has to be at least 1 and at most 1000000000.")]
    [InlineData("- bare", "- { kind: eft, weights: [0.5, 0] }", "methods[0].weights[1]", "With a weight of 0 nothing is added.")]
    [InlineData("- bare", "- { kind: ported, weights: [0.5, .nan] }", "methods[0].weights[1]", "'methods[0].weights[1]' is '.nan'; it has to be a number, without quotes.")]
    [InlineData("- bare", "- { kind: ported, weights: [0.5, 0.5] }", "methods[0].weights[1]", "This weight appears twice.")]
    [InlineData("- { kind: bitsPerByte, data: king-james }", "- { kind: exactMatch, data: king-james }", "tasks[0].kind", "Data of the format text do not fit this task.")]
    public void Read_Mistake_IsNamed(string right, string wrong, string path, string message) =>
        Assert.Contains(SpecReader.Read(LanguageStudySamples.With(right, wrong)).Problems, problem => problem.Path == path && problem.Message == message);

    /// <summary>Drift is seen only where each model of a chain is measured.</summary>
    [Fact]
    public void Read_ChainWithAGap_NamesTheModel()
    {
        var study = LanguageStudySamples.With("artifact: other@v3", "updates: small@v2\n    pretraining: { data: speeches, recipe: { steps: 10 } }");
        Assert.Empty(SpecReader.Read(study).Problems);
        var gap = SpecReader.Read(study.Replace("targets: [small@v2, stored@v1]", "targets: [stored@v1]", StringComparison.Ordinal).Replace(", targets: [small@v2] }", " }", StringComparison.Ordinal)).Problems;
        Assert.Contains(gap, problem => (problem.Path, problem.Message) == ("targets[0]", "The chain of updates to 'stored@v1' has a gap: 'small@v2' is not among the targets."));
    }

    /// <summary>What is allowed and may still be a mistake is said in the plan.</summary>
    [Fact]
    public void Warnings_OfAStudy_NameWeightsTunedTargetsAndSharedTexts()
    {
        var study = (LanguageStudySpec)Read(LanguageStudySamples.With("- bare", "- { kind: ported, weight: -0.5, weights: [1, 5] }"));
        var warned = StudyWarnings.Of(study with
        {
            Datasets = new Dictionary<string, IDatasetSpec>(study.Datasets) { ["king-james"] = study.Datasets["speeches"] },
            Models = new Dictionary<string, StudyLanguageModel>(study.Models) { ["small@v2"] = study.Models["small@v2"] with { Pretraining = study.Models["small@v2"].Pretraining! with { Data = "king-james" } } },
        }).ToArray();

        Assert.Equal(
            [
                "ported has the weight 5, which is above 4: the target is moved far.",
                "ported has the weight -0.5, which is negative: it takes away what was learnt.",
                "small@v2 is its source trained further on king-james, which the study tunes on: it knows already what is carried to it.",
                "Texts of king-james that a task asks about may be among those that models are trained on: it has 1 file in common with speeches, and each data set is split by itself. Write 'splits: { by: content }'.",
                "Texts of speeches that a task asks about may be among those that models are trained on: it has 1 file in common with king-james, and each data set is split by itself. Write 'splits: { by: content }'.",
            ],
            warned);
        Assert.Empty(StudyWarnings.Of((LanguageStudySpec)Read(LanguageStudySamples.Study)));
        // A job by itself says the same of its weights.
        var job = new GenerationSpec { Model = "small@v1", Prompts = ["a"], Rewards = [new RewardUse { Reward = "one@v1", Weight = 4 }, new RewardUse { Reward = "two@v1", Weight = -1 }] };
        Assert.Equal(["rewards[1] has the weight -1, which is negative: it takes away what was learnt."], StudyWarnings.Of(job));
    }

    [Fact]
    public void Read_TooManyJobs_IsRefused()
    {
        var problem = Assert.Single(SpecReader.Read(LanguageStudySamples.With("seeds: [1, 2]", $"seeds: [{string.Join(", ", Enumerable.Range(1, 400))}]")).Problems);
        Assert.Equal(("seeds", "The study has more than 2,000 jobs."), (problem.Path, problem.Message));
    }

    private static Spec Read(string text)
    {
        var reading = SpecReader.Read(text);
        Assert.Empty(reading.Problems);
        return reading.Spec!;
    }
}
