using Ptune.Contracts.Specs;
using Ptune.Learning.Data;
using Ptune.Learning.Formats;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Models;

/// <summary>
/// A model or reward on disk: <c>model.safetensors</c>, <c>config.json</c>, and <c>golden.safetensors</c>, which holds a few fixed
/// inputs and the network's outputs on them. Loading computes them again: weights that load but are not understood do not pass.
/// </summary>
internal static class NetworkArtifact
{
    public const string WeightsFile = "model.safetensors";
    public const string GoldenFile = "golden.safetensors";

    /// <summary>Outputs of one network differ by this share between devices and thread counts, not more.</summary>
    public const double Tolerance = 1e-3;

    private const int _probes = 4;
    private const long _probeSeed = 1;

    /// <summary>Writes the three files into <paramref name="folder"/> and returns their names.</summary>
    /// <exception cref="LearningException">The network's outputs are not finite, whatever its weights are: it is of no use to anybody.</exception>
    public static IReadOnlyList<string> Write(string folder, ImageClassifier network, NetworkConfig config, IReadOnlyDictionary<string, string> metadata)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var inputs = Probes(network.Input);
        var outputs = network.Forward(inputs.to(network.Parameters.Values.device));
        if (!outputs.isfinite().all().item<bool>())
            throw new LearningException("The training diverged: the outputs of the trained network are not finite. Lower recipe.learningRate or raise recipe.warmup.");
        SafetensorsWriter.Write(Path.Combine(folder, WeightsFile), network.Parameters.Save(), metadata);
        config.Write(Path.Combine(folder, NetworkConfig.FileName));
        SafetensorsWriter.Write(Path.Combine(folder, GoldenFile), [TensorBytes.Of("inputs", inputs), TensorBytes.Of("outputs", outputs)]);
        return [NetworkConfig.FileName, GoldenFile, WeightsFile];
    }

    /// <summary>Reads, allocates and verifies a network; its configuration comes first, so that it can be refused before its weights are read.</summary>
    /// <exception cref="MalformedFileException">A file is missing, damaged, or the golden outputs are not reproduced.</exception>
    public static ImageClassifier Load(string folder, NetworkConfig config, Device device, bool trainable)
    {
        var network = ImageClassifier.Create(config.Architecture, config.Input, config.Labels.Count, device, trainable);
        try
        {
            using var weights = SafetensorsFile.Open(Required(folder, WeightsFile));
            network.Parameters.Load(weights);
            VerifyGolden(Required(folder, GoldenFile), network);
            return network;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>The configuration of the artifact in <paramref name="folder"/>.</summary>
    /// <exception cref="LearningException">The artifact is missing, damaged, or of another role.</exception>
    public static NetworkConfig ReadConfig(string folder, NetworkRole role)
    {
        var config = NetworkConfig.Read(Required(folder, NetworkConfig.FileName));
        return config.Role == role
            ? config
            : throw new LearningException($"{folder} holds a {config.Role.ToString().ToLowerInvariant()}, but a {role.ToString().ToLowerInvariant()} is needed.");
    }

    private static void VerifyGolden(string path, ImageClassifier network)
    {
        using var golden = SafetensorsFile.Open(path);
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var inputs = golden.Tensor("inputs", _probes, 1, network.Input.Height, network.Input.Width);
        var expected = golden.Elements<float>("outputs", TensorType.F32, _probes, network.Labels);
        var outputs = network.Forward(inputs.to(network.Parameters.Values.device)).cpu().contiguous().data<float>();
        for (int i = 0; i < expected.Length; i++)
        {
            float actual = outputs[i];
            if (!float.IsFinite(expected[i]))
            {
                throw new LearningException(
                    $"{path}: the outputs of this network are not finite: the training that made it diverged. Train it again with a lower recipe.learningRate or a longer recipe.warmup.");
            }
            // Written so that NaN fails, too.
            if (!(Math.Abs(actual - expected[i]) <= Tolerance * (1 + Math.Abs(expected[i]))))
            {
                throw new MalformedFileException(
                    path,
                    golden.Header.DataStart + golden.Entry("outputs").Begin + (i * sizeof(float)),
                    $"the network's output for probe {i / network.Labels}, label {i % network.Labels} is {actual}, but {expected[i]} was stored with it: "
                    + "its weights or configuration are not the ones that were saved");
            }
        }
    }

    // [probes, 1, h, w], uniform in [-1, 1)
    private static Tensor Probes(ImageSize size)
    {
        var random = SplitMix64.Stream(_probeSeed, RandomPurpose.Probe);
        float[] values = new float[_probes * size.Pixels];
        for (int i = 0; i < values.Length; i++) values[i] = (float)((2 * random.NextUnit()) - 1);
        // Copied: libtorch's own memory is aligned, a managed array's is not always, and a matrix product's last bits depend on it.
        using var managed = tensor(values, [_probes, 1, size.Height, size.Width]);
        return managed.clone();
    }

    private static string Required(string folder, string file)
    {
        string path = Path.Combine(folder, file);
        return File.Exists(path) ? path : throw new MalformedFileException(path, 0, "the artifact lacks this file");
    }
}
