using Ptune.Learning.Data;
using Ptune.Learning.Formats;
using Ptune.Learning.Importing;
using Ptune.Learning.Models.HuggingFace;
using Ptune.Learning.Tensors;
using static TorchSharp.torch;

namespace Ptune.Learning.Merging;

/// <summary>Random numbers in the place of learnt ones: each tensor is drawn from a normal distribution and scaled to the norm (Frobenius) that it had.</summary>
internal static class RandomTensors
{
    /// <summary>A file of tensors as another one.</summary>
    /// <returns>How many numbers there are.</returns>
    public static long Write(SafetensorsFile file, string path, long seed, CancellationToken stop)
    {
        var tensors = file.Header.Entries.OrderBy(pair => pair.Key, StringComparer.Ordinal).ToList();
        SafetensorsWriter.Write(
            path,
            tensors.Select((pair, number) => TensorBytes.WhenWritten(pair.Key, pair.Value.Type, pair.Value.Shape, () => Drawn(() => file.Tensor(pair.Key), seed, number, stop))),
            new Dictionary<string, string> { ["format"] = "pt" });
        return tensors.Sum(pair => pair.Value.Shape.Aggregate(1L, (product, dimension) => product * dimension));
    }

    /// <summary>A network's folder as another one: all but the weights is copied.</summary>
    public static void Write(PretrainedFolder folder, string target, long seed, CancellationToken stop)
    {
        KeptFiles.Copy(folder.Files, CompanionFiles.In(folder.Files).Append(PretrainedFolder.ConfigFile), target, stop);
        var keys = folder.Keys.Values.Distinct().Order(StringComparer.Ordinal).ToList();
        ShardWriter.Write(target, [.. keys.Select((key, number) =>
        {
            var entry = folder.Weights.Entry(key);
            return TensorBytes.WhenWritten(key, entry.Type, entry.Shape, () => Drawn(() => folder.Weights.Tensor(key), seed, number, stop));
        })]);
    }

    /// <summary>A tensor of the same shape, type and norm.</summary>
    private static Tensor Drawn(Func<Tensor> learnt, long seed, int number, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var own = learnt();
        var random = SplitMix64.Stream(seed, RandomPurpose.ControlOf(number));
        float[] values = new float[own.NumberOfElements];
        for (int i = 0; i < values.Length; i++) values[i] = (float)random.NextNormal();
        var drawn = tensor(values).view(own.shape);
        var norm = drawn.norm();
        double scale = norm.item<float>() > 0 ? own.to_type(ScalarType.Float32).norm().item<float>() / norm.item<float>() : 0;
        return drawn.Times(scale).to_type(own.dtype).MoveToOuterDisposeScope();
    }
}
