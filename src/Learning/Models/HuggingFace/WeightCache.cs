using Ptune.Learning.Formats;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Models.HuggingFace;

/// <summary>
/// Weights that are computed in another type than they are stored in, converted once into a file that every process of the machine maps. The file is
/// named by the model's digest and the type, so that it can never belong to other weights; it may be deleted at any time.
/// </summary>
/// <param name="folder">Where the files lie; it is made when it is needed.</param>
internal sealed class WeightCache(string folder)
{
    /// <summary>Bytes that a model's file takes; 0 where nothing has to be converted.</summary>
    public static long BytesOf(PretrainedFolder model, ScalarType type) =>
        Converted(model, type).Sum(parameter => model.Weights.Entry(model.Keys[parameter]).Shape.Aggregate((long)TensorType.Of(type).Bytes, (product, dimension) => checked(product * dimension)));

    /// <summary>The file with the converted parameters, made where it is not there; null where nothing has to be converted.</summary>
    /// <param name="digest">The model's, such as sha256:...</param>
    /// <exception cref="IOException">The disk is full, or the folder cannot be written.</exception>
    public SafetensorsFile? Open(PretrainedFolder model, string digest, ScalarType type)
    {
        var parameters = Converted(model, type).ToList();
        if (parameters.Count == 0) return null;
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, $"{digest.Replace(':', '-')}-{TensorType.Of(type).Name}.safetensors");
        if (!File.Exists(path)) SafetensorsWriter.Write(path, parameters.Select(parameter => Convert(model, parameter, type)));
        return SafetensorsFile.Open(path);
    }

    private static IEnumerable<string> Converted(PretrainedFolder model, ScalarType type) =>
        model.Keys.Where(pair => model.Weights.Entry(pair.Value).Type.Torch != type).Select(pair => pair.Key).Order(StringComparer.Ordinal);

    private static TensorBytes Convert(PretrainedFolder model, string parameter, ScalarType type)
    {
        string key = model.Keys[parameter];
        return TensorBytes.WhenWritten(parameter, TensorType.Of(type), model.Weights.Entry(key).Shape, () =>
        {
            using var stored = model.Weights.Tensor(key);
            return stored.to(type);
        });
    }
}
