using System.Text.Json;
using System.Text.Json.Nodes;
using Ptune.Learning.Adaptation;
using Ptune.Learning.Data.Text.Tokens;
using Ptune.Learning.Formats;
using Ptune.Learning.Models;
using Ptune.Learning.Models.HuggingFace;
using Ptune.Learning.Models.Language;
using Ptune.Learning.Tuning;
using Ptune.Learning.Tuning.Objectives;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tests.Data.Text;

/// <summary>Losses, gradients and packed logits of tests/fixtures/data/expected.json, which are transformers' own.</summary>
public sealed class ExpectedLossTests
{
    private static readonly JsonNode _losses = DataFixture.Expected["losses"]!["values"]!;
    private static readonly JsonNode _padding = DataFixture.Expected["padding"]!;

    [Fact]
    public void Backward_MicroBatchesOfUnequalWeight_AreTheMeanOverTokens()
    {
        using var folder = PretrainedFolder.Open(DataFixture.PathOf("model"));
        using var model = new Decoder((DecoderConfig)folder.Config, FullWeights.Of(folder, CPU));
        var parameters = (TrainableParameters)model.Parameters;
        var objective = new TokenObjective(new LanguageNetwork(model));
        var expected = _losses["accumulation"]!["right_token_mean_over_the_batch"]!;
        using var scope = NewDisposeScope();
        long trained = Padded("right", 0, 1, 2, 3).TrainedTokens;

        double loss = objective.Backward(Padded("right", 0), trained) + objective.Backward(Padded("right", 1, 2, 3), trained);

        AssertNear(expected["loss"], loss);
        AssertNear(expected["gradient_norm"], GradientClip.Apply(parameters, limit: null));
        TensorAssert.Near(tensor(expected["gradient_of_model.norm.weight"].Deserialize<float[]>()!), parameters["model.norm.weight"].grad!, 1e-5, "gradient");
    }

    [Fact]
    public void Sum_OfExamples_IsTransformersLoss()
    {
        using var model = Frozen("model");
        var objective = new TokenObjective(new LanguageNetwork(model));
        using var scope = NewDisposeScope();
        int[] counts = _losses["trained_tokens_per_example"].Deserialize<int[]>()!;

        for (int row = 0; row < counts.Length; row++)
        {
            var batch = Padded("right", row);
            Assert.Equal(counts[row], batch.TrainedTokens);
            AssertNear(_losses["loss_per_example"]![row], objective.Sum(batch) / counts[row]);
        }

        AssertNear(_losses["logprob_sum_per_example"]![1], -objective.Sum(Padded("right", 1)));
        AssertNear(DataFixture.Expected["losses"]!["left_padded_token_mean"], objective.Sum(Padded("left", 0, 1, 2, 3)) / counts.Sum());
        AssertNear(_losses["label_smoothing_0.1"]!["loss"], new TokenObjective(new LanguageNetwork(model), smoothing: 0.1).Sum(Padded("right", 0, 1, 2, 3)) / counts.Sum());
    }

    [Theory]
    [InlineData("model", "logits")]
    [InlineData("model-gpt2", "logits_gpt2")]
    public void Logits_OfPackedExamples_AreThoseOfEachAlone(string name, string logits)
    {
        using var packed = SafetensorsFile.Open(DataFixture.PathOf("packed.safetensors"));
        using var model = Frozen(name);
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        long rows = packed.Entry(logits).Shape[0];
        var batch = TokenBatch.Of([.. Blocks().Take((int)rows)], CPU);
        var real = (packed.Tensor("segment_ids").narrow(0, 0, rows) > 0).unsqueeze(-1);

        TensorAssert.Near(packed.Tensor(logits), model.Logits(batch.Ids, batch.Layout) * real, 1e-4, logits);
    }

    [Fact]
    public void Sum_OfPackedBlocks_IsTransformersLoss()
    {
        using var model = Frozen("model");
        using var scope = NewDisposeScope();
        var batch = TokenBatch.Of(Blocks(), CPU);

        Assert.Equal(DataFixture.Expected["packing"]!["trained_tokens"]!.GetValue<long>(), batch.TrainedTokens);
        AssertNear(DataFixture.Expected["packing"]!["token_mean_loss_of_all_blocks"], new TokenObjective(new LanguageNetwork(model)).Sum(batch) / batch.TrainedTokens);
    }

    private static CausalLanguageModel Frozen(string name) => PretrainedFolder.Open(DataFixture.PathOf(name)).LanguageModel(ScalarType.Float32, CPU);

    private static List<TokenBlock> Blocks()
    {
        var packing = DataFixture.Expected["packing"]!;
        int[][] Rows(string name) => [.. packing[name]!.AsArray().Select(ExpectedEncoder.Numbers)];
        var (ids, segments, positions, labels) = (Rows("input_ids"), Rows("segment_ids"), Rows("position_ids"), Rows("labels"));
        return [.. Enumerable.Range(0, ids.Length).Select(row => new TokenBlock(ids[row], segments[row], positions[row], labels[row]))];
    }

    private static TokenBatch Padded(string side, params int[] rows)
    {
        Tensor Of(string name) => stack([.. rows.Select(row => tensor(_padding[side]![name]![row].Deserialize<long[]>()!))]);
        return new TokenBatch(Of("input_ids"), Of("labels"), SequenceLayout.Padded(Of("attention_mask")));
    }

    private static void AssertNear(JsonNode? expected, double actual)
    {
        double wanted = expected!.GetValue<double>();
        Assert.Equal(wanted, actual, 1e-5 * Math.Abs(wanted));
    }
}
