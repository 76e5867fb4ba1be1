using Ptune.Learning.Adaptation;
using Ptune.Learning.Models;
using Ptune.Learning.Models.HuggingFace;
using Ptune.Learning.Models.Language;
using Ptune.Learning.Tests.Tuning.Courses;
using Ptune.Learning.Tuning;
using Ptune.Learning.Tuning.Objectives;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tests.Tuning;

/// <summary>A pass that computes blocks anew gives what one gives that keeps everything, dropout included.</summary>
public sealed class RecomputationTests
{
    private static readonly PassSettings _plain = new() { Dropout = new Dropouts(Embedding: 0.1, Residual: 0.2, Attention: 0.1) };

    [Theory]
    [InlineData("training/source")]
    [InlineData("hf/llama-gqa-llama3")]
    [InlineData("hf/qwen2-tied")]
    [InlineData("hf/mistral-sliding")]
    [InlineData("hf/gpt2")]
    [InlineData("hf/gptneox-partial-parallel")]
    public void Backward_AllWeightsOfADecoder_GivesTheSameGradients(string name)
    {
        using var folder = Course.Folder(name);
        using var model = new Decoder((DecoderConfig)folder.Config, FullWeights.Of(folder, CPU));
        var parameters = (TrainableParameters)model.Parameters;

        AssertSame(parameters, settings => TokenLoss(model, settings), 1e-6);
    }

    [Fact]
    public void Backward_LoraBesideAFrozenBase_GivesTheSameBytes()
    {
        using var model = Course.Frozen("training/source");
        using var adapter = Adapter.Create(new AdapterLayout(model).AddLora(new() { Targets = new LoraTargets(null), Rank = 4, Alpha = 8, Dropout = 0.2 }), CPU, seed: 1);

        AssertSame(adapter.Parameters, settings => TokenLoss(model, settings), 0);
    }

    /// <summary>No gradient reaches the blocks below the trained one, and none is asked for there.</summary>
    [Fact]
    public void Backward_LoraOnTheLastBlockAlone_GivesTheSameBytes()
    {
        using var model = (Decoder)Course.Frozen("training/source");
        var targets = new LoraTargets(null) { Layers = [model.Config.Layers - 1] };
        using var adapter = Adapter.Create(new AdapterLayout(model).AddLora(new() { Targets = targets, Rank = 4, Alpha = 8 }), CPU, seed: 1);

        AssertSame(adapter.Parameters, settings => TokenLoss(model, settings), 0);
    }

    [Fact]
    public void Backward_SoftPrompt_GivesTheSameBytes()
    {
        using var model = Course.Frozen("training/source");
        using var adapter = Adapter.CreatePrompt(model, 5, CPU, seed: 1);

        AssertSame(adapter.Parameters, settings => TokenLoss(model, settings, adapter.Prompt), 0);
    }

    [Fact]
    public void Backward_Preferences_GivesTheSameBytes()
    {
        using var course = new Course("preference-lora");
        using var model = Course.Frozen("training/source");
        using var scope = NewDisposeScope();
        var (chosen, rejected) = (course.Batch(0), course.Batch(1));
        var network = new LanguageNetwork(model);
        var reference = (PreferenceObjective.LogProbabilities(network, chosen), PreferenceObjective.LogProbabilities(network, rejected));
        using var adapter = Adapter.Create(new AdapterLayout(model).AddLora(new() { Targets = new LoraTargets(null), Rank = 4, Alpha = 8 }), CPU, seed: 1);

        AssertSame(adapter.Parameters, settings => new PreferenceObjective(network, 0.1).Backward(chosen, rejected, reference, chosen.Ids.shape[0], settings).Loss, 0);
    }

    [Fact]
    public void Backward_AllWeightsOfAnEncoder_GivesTheSameGradients()
    {
        using var course = new Course("labels-lora", "label-batches");
        using var folder = Course.Folder("hf/bert-sequence-classification");
        using var parameters = folder.LoadTrainable(CPU);
        using var classifier = (Bert)folder.Network(parameters);

        AssertSame(parameters, settings =>
        {
            using var scope = NewDisposeScope();
            var (ids, labels, mask) = course.Labels(0);
            var pass = settings.Begin(CPU);
            using var training = classifier.Train(pass);
            var loss = nn.functional.cross_entropy(classifier.Forward(ids, mask), labels);
            loss.backward();
            pass.Recomputation?.Backward();
            return loss.item<float>();
        }, 1e-6);
    }

    [Fact]
    public void Backward_OfABlock_ComputesItOnceMoreWithTheSameDrawsAndLeavesTheGeneratorWhereItWas()
    {
        using var scope = NewDisposeScope();
        var (x, weight) = (ones(50).requires_grad_(true), full(50, 2f).requires_grad_(true));
        var seen = new List<float[]>();
        var recomputation = new Recomputation(CPU);
        random.manual_seed(4);

        var y = recomputation.Run(Block, recomputation.Run(Block, x, isTrained: true), isTrained: true);
        y.sum().backward();
        float[] next = Peek();
        recomputation.Backward();

        // Forward 0, 1; then again 1, 0.
        Assert.Equal(4, seen.Count);
        Assert.NotEqual(seen[0], seen[1]);
        Assert.Equal(seen[0], seen[3]);
        Assert.Equal(seen[1], seen[2]);
        Assert.Equal(next, Peek());
        // x goes through both factors.
        Assert.Equal(seen[0].Zip(seen[1], (a, b) => 4 * a * b), x.grad!.data<float>().ToArray());

        Tensor Block(Tensor input)
        {
            var drawn = rand(50);
            seen.Add(drawn.data<float>().ToArray());
            return input * drawn * weight;
        }

        static float[] Peek()
        {
            using var state = random.get_rng_state();
            using var drawn = rand(3);
            random.set_rng_state(state);
            return drawn.data<float>().ToArray();
        }
    }

    private static double TokenLoss(CausalLanguageModel model, PassSettings settings, SoftPrompt? prompt = null)
    {
        using var course = new Course("lora");
        using var scope = NewDisposeScope();
        var batch = course.Batch(0);
        batch = batch with { Ids = batch.Ids % model.Vocabulary, Labels = where(batch.Labels < 0, batch.Labels, batch.Labels % model.Vocabulary) };
        return new TokenObjective(new LanguageNetwork(model, prompt)).Backward(batch, batch.TrainedTokens, settings);
    }

    private static void AssertSame(TrainableParameters parameters, Func<PassSettings, double> backward, double tolerance)
    {
        set_num_threads(1);
        var (loss, gradients, next) = Pass(_plain);
        var (again, recomputed, nextAgain) = Pass(_plain with { Recompute = true });
        var (other, _, _) = Pass(PassSettings.Plain);

        Assert.Equal(loss, again);
        Assert.Equal(next, nextAgain);
        // Dropout is at work.
        Assert.NotEqual(loss, other);
        Assert.Contains(gradients.Values, gradient => gradient.Any(value => value != 0));
        foreach (var (name, expected) in gradients)
        {
            double largest = expected.Max(Math.Abs);
            for (int i = 0; i < expected.Length; i++) Assert.True(Math.Abs(expected[i] - recomputed[name][i]) <= tolerance * largest, $"{name}[{i}] is {recomputed[name][i]}, not {expected[i]}");
        }

        (double, Dictionary<string, float[]>, float) Pass(PassSettings settings)
        {
            parameters.ClearGradients();
            random.manual_seed(7);
            double found = backward(settings);
            using var scope = NewDisposeScope();
            return (found, parameters.Gradients().ToDictionary(pair => pair.Name, pair => pair.Gradient?.contiguous().data<float>().ToArray() ?? []), rand(1).item<float>());
        }
    }
}
