using Ptune.Learning.Formats;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Models.HuggingFace;

/// <summary>
/// Weights that are computed in another type than they are stored in, converted once into a file that every process of the machine maps. The file is
/// named by the model's digest and the type, so that it can never belong to other weights; it may be deleted at any time, also while it is mapped.
/// </summary>
/// <param name="folder">Where the files lie; it is made when it is needed.</param>
/// <param name="budget">Bytes that the folder may hold: what was not used for the longest time goes when a new file comes. Null: no limit.</param>
internal sealed class WeightCache(string folder, long? budget = null)
{
    /// <summary>Bytes that a model's file takes; 0 where nothing has to be converted.</summary>
    public static long BytesOf(PretrainedFolder model, ScalarType type) =>
        Converted(model, type).Sum(parameter => model.Weights.Entry(model.Keys[parameter]).Shape.Aggregate((long)TensorType.Of(type).Bytes, (product, dimension) => checked(product * dimension)));

    /// <summary>
    /// The file with the converted parameters, made where it is not there; null where nothing has to be converted, where it is larger than the budget, or where another process is just making it:
    /// who cannot wait converts in memory.
    /// </summary>
    /// <param name="digest">The model's, such as sha256:...</param>
    /// <exception cref="IOException">The disk is full, or the folder cannot be written.</exception>
    public SafetensorsFile? Open(PretrainedFolder model, string digest, ScalarType type)
    {
        var parameters = Converted(model, type).ToList();
        if (parameters.Count == 0 || BytesOf(model, type) > budget) return null;
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, $"{digest.Replace(':', '-')}-{TensorType.Of(type).Name}{CachedFiles.Extension}");
        if (OpenExisting(path) is { } existing) return existing;
        return Write(path, parameters.Select(parameter => Convert(model, parameter, type))) ? OpenExisting(path) : null;
    }

    // It may be evicted at any moment before it is open.
    private static SafetensorsFile? OpenExisting(string path)
    {
        try
        {
            if (!File.Exists(path)) return null;
            // What eviction goes by: mounts often do not keep the time of the last use.
            File.SetLastAccessTimeUtc(path, DateTime.UtcNow);
            return SafetensorsFile.Open(path);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Whether the file is there now. The lock goes with its process, and what a killed one left is overwritten by the next.</summary>
    private bool Write(string path, IEnumerable<TensorBytes> tensors)
    {
        using var held = CachedFiles.TakeLock(path);
        if (held is null) return File.Exists(path);
        if (!File.Exists(path)) SafetensorsWriter.Write(path, tensors);
        if (budget is { } limit) CachedFiles.Evict(folder, limit, path);
        return true;
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
