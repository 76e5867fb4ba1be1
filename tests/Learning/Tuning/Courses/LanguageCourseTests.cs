using Ptune.Contracts.Specs;
using Ptune.Learning.Adaptation;
using Ptune.Learning.Models;
using Ptune.Learning.Models.Language;
using Ptune.Learning.Tuning;
using Ptune.Learning.Tuning.Objectives;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tests.Tuning.Courses;

/// <summary>Twenty steps each: the losses on the way and the weights at the end are PyTorch's.</summary>
public sealed class LanguageCourseTests
{
    private const string _source = "training/source";

    [Theory]
    [InlineData("full", "batches", _source)]
    [InlineData("full-tied", "batches-qwen2-tied", "hf/qwen2-tied")]
    public void Take_AllWeights_IsPyTorchsCourse(string name, string batches, string folder)
    {
        using var course = new Course(name, batches);
        using var source = Course.Folder(folder);
        using var model = new Decoder((DecoderConfig)source.Config, FullWeights.Of(source, CPU));

        Walk(course, new TokenObjective(new LanguageNetwork(model)), (TrainableParameters)model.Parameters);
    }

    [Fact]
    public void Take_WholeRecipe_IsPyTorchsCourse()
    {
        using var course = new Course("full-recipe");
        using var source = Course.Folder(_source);
        using var model = new Decoder((DecoderConfig)source.Config, FullWeights.Of(source, CPU));
        var parameters = (TrainableParameters)model.Parameters;
        var settings = course.Facts["settings"]!;
        using var optimizer = new AdamW(parameters, ParameterDecay.MatricesOnly(parameters, settings["weightDecay"]!.GetValue<double>()));
        var recipe = new TrainingRecipe { LearningRate = course.LearningRate, Warmup = 4.0 / 20, Schedule = LearningRateSchedule.Cosine };
        var rates = new LearningRates(recipe, course.Losses.Length);
        var objective = new TokenObjective(new LanguageNetwork(model), smoothing: settings["labelSmoothing"]!.GetValue<double>());
        var step = new AccumulatedStep(parameters, optimizer, settings["clip"]!.GetValue<double>());

        for (int s = 0; s < course.Losses.Length; s++)
        {
            using var scope = NewDisposeScope();
            long trained = course.Batch(s).TrainedTokens;
            var result = step.Take(s + 1, rates.At(s), [() => objective.Backward(course.Batch(s, 0, 3), trained), () => objective.Backward(course.Batch(s, 3), trained)]);

            Assert.Equal(course.Facts["learningRates"]![s]!.GetValue<double>(), rates.At(s), 1e-12);
            Assert.Equal(course.Losses[s], result.Loss, 1e-5);
            Assert.Equal(course.Facts["gradientNorms"]![s]!.GetValue<double>(), result.GradientNorm, 1e-4 * result.GradientNorm);
        }

        course.AssertEnd(parameters, name => name, 1e-4);
    }

    [Fact]
    public void Take_HeadAlone_IsPyTorchsCourse()
    {
        using var course = new Course("head-only");
        using var model = Course.Frozen(_source);
        using var head = FullWeights.Replace(model, ["lm_head.weight"], CPU, out _);

        Walk(course, new TokenObjective(new LanguageNetwork(model)), head);
    }

    [Theory]
    [InlineData("reward-full", 2e-5)]
    [InlineData("reward-zero-head", 1e-4)]
    public void Take_Reward_IsPyTorchsCourse(string name, double tolerance)
    {
        using var course = new Course(name);
        using var source = Course.Folder(_source);
        using var reward = new Decoder((DecoderConfig)source.Config, FullWeights.Of(source, CPU));
        using var model = Course.Frozen(_source);
        if (name == "reward-zero-head") ((TrainableParameters)reward.Parameters).Zero("lm_head.");

        Walk(course, new TokenObjective(new LanguageNetwork(reward), new LanguageNetwork(model)), (TrainableParameters)reward.Parameters, tolerance);
    }

    [Fact]
    public void Take_RewardOfAnotherArchitecture_IsPyTorchsCourse()
    {
        using var course = new Course("reward-other-architecture");
        using var small = Course.Folder("training/small");
        using var reward = new Decoder((DecoderConfig)small.Config, FullWeights.Of(small, CPU));
        using var model = Course.Frozen(_source);

        Walk(course, new TokenObjective(new LanguageNetwork(reward), new LanguageNetwork(model)), (TrainableParameters)reward.Parameters);
    }

    private static void Walk(Course course, TokenObjective objective, TrainableParameters parameters, double tolerance = 2e-5)
    {
        using var optimizer = new AdamW(parameters, weightDecay: 0);
        var step = new AccumulatedStep(parameters, optimizer, clip: null);
        for (int s = 0; s < course.Losses.Length; s++)
        {
            using var scope = NewDisposeScope();
            var batch = course.Batch(s);

            var result = step.Take(s + 1, course.LearningRate, [() => objective.Backward(batch, batch.TrainedTokens)]);

            Assert.Equal(course.Losses[s], result.Loss, 1e-5);
        }

        course.AssertEnd(parameters, name => name, tolerance);
    }
}
