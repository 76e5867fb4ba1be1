using System.Globalization;
using Ptune.Learning.Adaptation;
using Ptune.Learning.Checks;
using Ptune.Learning.Formats;
using Ptune.Learning.Models;
using Ptune.Learning.Models.HuggingFace;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Importing;

/// <summary>
/// What a model computed on <see cref="ProbeInputs"/> when it was imported, kept beside it as a file that <c>ptune models check --expect</c> reads, too.
/// Weights that load but are not understood the same way do not pass.
/// </summary>
internal static class GoldenOutputs
{
    public const string FileName = "golden.safetensors";

    /// <summary>Outputs of one model in f32 differ by this share between devices and thread counts, not more.</summary>
    public const double Tolerance = 1e-4;

    /// <summary>In bf16 rounding alone moves them by a few hundredths.</summary>
    public const double RoundedTolerance = 0.1;

    // Of a text the last ones only: a vocabulary is wide.
    private const int _positions = 2;

    /// <summary>Computes and writes the file.</summary>
    /// <param name="network">In f32.</param>
    /// <param name="inputs">Of <see cref="ProbeInputs"/>.</param>
    /// <param name="states">Of an encoder: its states instead of its logits, whose head is not its own.</param>
    /// <exception cref="LearningException">An output is not finite: the model is of no use to anybody.</exception>
    public static void Write(string path, Network network, IReadOnlyDictionary<string, Tensor> inputs, SoftPrompt? prompt = null, bool states = false)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var probe = new ModelInputs("the probe", inputs.GetValueOrDefault);
        var outputs = states ? ModelOutputs.States(network, probe) : ModelOutputs.Of(network, probe, prompt, ScalarType.Float32);
        bool isText = outputs.dim() == 3 && !states;
        if (isText) outputs = outputs.narrow(1, outputs.shape[1] - Math.Min(_positions, outputs.shape[1]), Math.Min(_positions, outputs.shape[1]));
        if (!outputs.isfinite().all().item<bool>()) throw new ModelRefusedException("The model's outputs on a probe are not finite (NaN or Infinity), though its weights are: it cannot be used.");
        string name = states ? ExpectedOutputs.StatesName : inputs.ContainsKey(ModelInputs.PixelsName) && inputs.ContainsKey(ModelInputs.IdsName) ? ExpectedOutputs.ImageLogitsName : ExpectedOutputs.LogitsName;
        SafetensorsWriter.Write(path, inputs.Select(pair => TensorBytes.Of(pair.Key, pair.Value)).Append(TensorBytes.Of(name, outputs)));
    }

    /// <summary>Computes them again and compares.</summary>
    /// <param name="type">What the network computes in.</param>
    /// <exception cref="LearningException">The file is missing, or the outputs differ by more than the tolerance.</exception>
    public static void Verify(string path, Network network, ScalarType type = ScalarType.Float32, SoftPrompt? prompt = null)
    {
        if (!File.Exists(path)) throw new ModelRefusedException($"{path} is missing: whether the model is computed as when it was imported cannot be known.");
        using var expect = new ExpectedOutputs(path);
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        double difference = expect.Difference(ModelOutputs.Expected(network, expect, prompt, type));
        double allowed = type == ScalarType.Float32 ? Tolerance : RoundedTolerance;
        // Written so that NaN fails, too.
        if (!(difference <= allowed))
        {
            throw new ModelRefusedException(string.Create(
                CultureInfo.InvariantCulture, $"{path}: the model does not compute what it did when it was imported: the largest difference is {difference:0.0e+0} of the largest value, and {allowed:0.0e+0} is allowed."));
        }
    }
}
