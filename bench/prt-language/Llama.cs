using Ptune.Learning.Models;
using Ptune.Learning.Models.Language;
using static TorchSharp.torch;

namespace Ptune.PrtLanguage.Bench;

/// <summary>Llamas with random weights: what they cost does not depend on what they say.</summary>
internal static class Llama
{
    private const long _headWidth = 64;

    /// <param name="vocabulary">Rows of the head, which is the token table, too.</param>
    /// <param name="width">A multiple of 64.</param>
    public static DecoderConfig Config(long vocabulary, long width, int layers) => new()
    {
        ModelType = "llama",
        Names = DecoderNames.Llama,
        Vocabulary = vocabulary,
        Width = width,
        Layers = layers,
        Heads = width / _headWidth,
        KeyHeads = width / _headWidth,
        HeadWidth = _headWidth,
        Inner = width * 8 / 3 / 8 * 8,
        Context = 8_192,
        Activation = Activation.Silu,
        RootMeanSquare = true,
        Epsilon = 1e-5,
        Gated = true,
        Tied = true,
        Rotary = new RotaryEmbedding(_headWidth, 100_000, new RotaryScaling.None()),
    };

    public static TrainableParameters Weights(DecoderConfig config, bool trainable)
    {
        var weights = new TrainableParameters();
        foreach (var parameter in config.Parameters) weights.Declare(parameter.Name, parameter.Init, parameter.Shape);
        weights.Allocate(CPU, trainable);
        return weights;
    }

    /// <summary>One that is not trained.</summary>
    public static Decoder Frozen(DecoderConfig config, long seed)
    {
        var weights = Weights(config, trainable: false);
        weights.Initialize(seed);
        return new Decoder(config, weights);
    }
}
