using System.Text.Json;
using Ptune.Learning.Adaptation;
using Ptune.Learning.Adaptation.Peft;
using Ptune.Learning.Models;
using Ptune.Learning.Models.HuggingFace;
using Ptune.Learning.Models.Language;
using Ptune.Learning.Tuning;
using Ptune.Learning.Tuning.Objectives;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tests.Tuning.Courses;

/// <summary>Twenty steps of what is trained beside a frozen base: losses and end weights are those of PyTorch and PEFT.</summary>
public sealed class AdapterCourseTests
{
    private const string _source = "training/source";

    private static readonly LoraSettings _lora = new() { Targets = new LoraTargets(ModulePattern.Ends(["q_proj", "v_proj"])), Rank = 4, Alpha = 8 };

    [Fact]
    public void Take_Lora_IsPeftsCourse()
    {
        using var course = new Course("lora");
        using var model = Course.Frozen(_source);
        using var adapter = Lora(course, model, _lora);

        Walk(course, new TokenObjective(new LanguageNetwork(model)), adapter, key => PeftFolder.Prefix + key);
    }

    [Fact]
    public void Take_RankStabilizedLoraOnAllLayers_IsPeftsCourse()
    {
        using var course = new Course("rslora-all-linear");
        using var model = Course.Frozen(_source);
        using var adapter = Lora(course, model, _lora with { Targets = new LoraTargets(Modules: null), RankStabilized = true });

        Walk(course, new TokenObjective(new LanguageNetwork(model)), adapter, key => PeftFolder.Prefix + key);
    }

    [Fact]
    public void Take_SoftPrompt_IsPeftsCourse()
    {
        const string name = "prompt_encoder.embedding.weight";
        using var course = new Course("soft-prompt");
        using var model = Course.Frozen(_source);
        using var start = course.Initial(name);
        using var adapter = Adapter.OfPrompt(start, CPU, trainable: true);

        Walk(course, new TokenObjective(new LanguageNetwork(model, adapter.Prompt)), adapter, _ => name);
    }

    [Fact]
    public void Take_Bottlenecks_IsPyTorchsCourse()
    {
        using var course = new Course("adapter");
        using var model = Course.Frozen(_source);
        var layout = HoulsbyAdapters.Layout(model, ModulePattern.Ends(["o_proj", "down_proj"]), size: 6);
        using var adapter = Adapter.Of(layout, part => course.Initial(part.Key), CPU, trainable: true);

        Walk(course, new TokenObjective(new LanguageNetwork(model)), adapter, key => key);
    }

    [Fact]
    public void Take_RewardThatSharesTheBasesWeights_IsPeftsCourse()
    {
        using var course = new Course("reward-lora");
        using var reward = (Decoder)Course.Frozen(_source);
        // A second network over the same tensors; the first owns them.
        var model = new Decoder(reward.Config, reward.Parameters);
        using var adapter = Lora(course, reward, _lora);

        Walk(course, new TokenObjective(new LanguageNetwork(reward), new LanguageNetwork(model)), adapter, key => PeftFolder.Prefix + key);
    }

    [Fact]
    public void Take_Preferences_IsPeftsCourse()
    {
        using var course = new Course("preference-lora");
        using var model = Course.Frozen(_source);
        using var scope = NewDisposeScope();
        var (chosen, rejected) = (course.Batch(0), course.Batch(1));
        var network = new LanguageNetwork(model);
        var reference = (PreferenceObjective.LogProbabilities(network, chosen), PreferenceObjective.LogProbabilities(network, rejected));
        using var adapter = Lora(course, model, _lora);
        using var optimizer = new AdamW(adapter.Parameters, weightDecay: 0);
        var objective = new PreferenceObjective(network, course.Facts["settings"]!["beta"]!.GetValue<double>());
        var step = new AccumulatedStep(adapter.Parameters, optimizer, clip: null);

        AssertNear(course.Facts["referenceLogProbabilities"]!["chosen"].Deserialize<float[]>()!, reference.Item1.data<float>().ToArray(), 1e-4);
        AssertNear(course.Facts["referenceLogProbabilities"]!["rejected"].Deserialize<float[]>()!, reference.Item2.data<float>().ToArray(), 1e-4);
        for (int s = 0; s < course.Losses.Length; s++)
        {
            PreferenceLoss found = new(0, [], []);
            var result = step.Take(s + 1, course.LearningRate, [() => (found = objective.Backward(chosen, rejected, reference, chosen.Ids.shape[0])).Loss]);

            Assert.Equal(course.Losses[s], result.Loss, 1e-5);
            AssertNear(course.Facts["chosenRewards"]![s].Deserialize<float[]>()!, found.Chosen, 1e-4);
            AssertNear(course.Facts["rejectedRewards"]![s].Deserialize<float[]>()!, found.Rejected, 1e-4);
        }

        course.AssertEnd(adapter.Parameters, key => PeftFolder.Prefix + key);
    }

    [Theory]
    [InlineData("labels-lora", true)]
    [InlineData("labels-reward-lora", false)]
    public void Take_Labels_IsPeftsCourse(string name, bool trainsHead)
    {
        using var course = new Course(name, "label-batches");
        using var classifier = Classifier();
        using var frozen = Classifier();
        var layout = new AdapterLayout(classifier).AddLora(_lora with { Targets = new LoraTargets(ModulePattern.Ends(["query", "value"])) });
        if (trainsHead) layout.AddSaved(ModulePattern.PlainEnds(["classifier"]));
        using var adapter = Adapter.Of(layout, part => course.Initial(PeftFolder.Prefix + part.Key), CPU, trainable: true);
        using var optimizer = new AdamW(adapter.Parameters, weightDecay: 0);
        var step = new AccumulatedStep(adapter.Parameters, optimizer, clip: null);

        for (int s = 0; s < course.Losses.Length; s++)
        {
            using var scope = NewDisposeScope();
            var (ids, labels, mask) = course.Labels(s);
            Tensor? prior;
            using (no_grad()) prior = trainsHead ? null : frozen.Forward(ids, mask).log_softmax(-1);
            var objective = new Objective(prior, Lambda: 1);
            var result = step.Take(s + 1, course.LearningRate, [() =>
            {
                var loss = objective.Loss(classifier.Forward(ids, mask), arange(ids.shape[0], ScalarType.Int64), labels);
                loss.backward();
                return loss.item<float>();
            }]);

            Assert.Equal(course.Losses[s], result.Loss, 1e-5);
        }

        course.AssertEnd(adapter.Parameters, key => PeftFolder.Prefix + key);
    }

    /// <summary>The label reward as jobs train it: texts without padding, micro-batches, the source's scores computed before.</summary>
    [Fact]
    public void Take_LabelRewardAsJobsTrainIt_IsPeftsCourse()
    {
        using var course = new Course("labels-reward-lora", "label-batches");
        using var classifier = Classifier();
        using var frozen = Classifier();
        var layout = new AdapterLayout(classifier).AddLora(_lora with { Targets = new LoraTargets(ModulePattern.Ends(["query", "value"])) });
        using var adapter = Adapter.Of(layout, part => course.Initial(PeftFolder.Prefix + part.Key), CPU, trainable: true);
        using var optimizer = new AdamW(adapter.Parameters, weightDecay: 0);
        var step = new AccumulatedStep(adapter.Parameters, optimizer, clip: null);

        for (int s = 0; s < course.Losses.Length; s++)
        {
            var (ids, labels, mask) = course.Labels(s);
            int[][] texts = [.. Enumerable.Range(0, (int)ids.shape[0]).Select(row => ids[row].narrow(0, 0, mask[row].sum().item<long>()).data<long>().Select(id => (int)id).ToArray())];
            var source = new ClassifierAnswers(frozen, texts, pad: 0);
            var reward = new ClassifierAnswers(classifier, texts, pad: 0);
            int[] all = [.. Enumerable.Range(0, texts.Length)];
            using var scores = source.Scores(all);
            using var objective = new AnswerObjective([.. all.Select(text => scores[text].data<float>().Select(score => (double)score).ToArray())], [.. labels.data<long>().Select(label => (int)label)], lambda: 1, CPU);

            var result = step.Take(s + 1, course.LearningRate, all.Chunk(4).Select(some => (Func<double>)(() => reward.Backward(some, found => objective.Sum(found, some) / all.Length, PassSettings.Plain))));

            Assert.Equal(course.Losses[s], result.Loss, 1e-5);
        }

        course.AssertEnd(adapter.Parameters, key => PeftFolder.Prefix + key);
    }

    private static Bert Classifier()
    {
        var folder = Course.Folder("hf/bert-sequence-classification");
        return new Bert((BertConfig)folder.Config, folder.Load(ScalarType.Float32, CPU));
    }

    private static Adapter Lora(Course course, Network model, LoraSettings settings) =>
        Adapter.Of(new AdapterLayout(model).AddLora(settings), part => course.Initial(PeftFolder.Prefix + part.Key), CPU, trainable: true);

    private static void Walk(Course course, TokenObjective objective, Adapter adapter, Func<string, string> theirName)
    {
        using var optimizer = new AdamW(adapter.Parameters, weightDecay: 0);
        var step = new AccumulatedStep(adapter.Parameters, optimizer, clip: null);
        for (int s = 0; s < course.Losses.Length; s++)
        {
            using var scope = NewDisposeScope();
            var batch = course.Batch(s);

            var result = step.Take(s + 1, course.LearningRate, [() => objective.Backward(batch, batch.TrainedTokens)]);

            Assert.Equal(course.Losses[s], result.Loss, 1e-5);
        }

        course.AssertEnd(adapter.Parameters, theirName);
    }

    private static void AssertNear(float[] expected, float[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, tolerance));
    }
}
