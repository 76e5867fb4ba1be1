using System.Text.Json;
using System.Text.Json.Nodes;
using Ptune.Learning.Formats;

namespace Ptune.Learning.Models.HuggingFace;

/// <summary>Writes a model's tensors as transformers lays them out: one file, or shards with an index where they are many gigabytes.</summary>
internal static class ShardWriter
{
    /// <summary>As transformers 4 does; it is what tools that download in pieces expect.</summary>
    public const long ShardBytes = 5_000_000_000;

    private static readonly Dictionary<string, string> _metadata = new() { ["format"] = "pt" };

    /// <summary>Writes the files into a folder; each tensor is made when its turn comes and goes before the next one.</summary>
    /// <param name="shardBytes">A file holds no more than this, except for a single larger tensor.</param>
    /// <returns>The number of weight files.</returns>
    /// <exception cref="IOException">The disk is full, or the folder cannot be written.</exception>
    public static int Write(string folder, IReadOnlyList<TensorBytes> tensors, long shardBytes = ShardBytes)
    {
        var shards = Cut(tensors, shardBytes);
        if (shards.Count == 1)
        {
            SafetensorsWriter.Write(Path.Combine(folder, ShardedWeights.SingleFile), tensors, _metadata);
            return 1;
        }

        var places = new JsonObject();
        foreach (var (number, shard) in shards.Index())
        {
            string name = $"model-{number + 1:00000}-of-{shards.Count:00000}.safetensors";
            SafetensorsWriter.Write(Path.Combine(folder, name), shard, _metadata);
            foreach (var tensor in shard) places[tensor.Name] = name;
        }

        var index = new JsonObject { ["metadata"] = new JsonObject { ["total_size"] = tensors.Sum(tensor => tensor.Length) }, ["weight_map"] = places };
        AtomicFile.Write(Path.Combine(folder, ShardedWeights.IndexFile), stream => JsonSerializer.Serialize(stream, index));
        return shards.Count;
    }

    private static List<List<TensorBytes>> Cut(IReadOnlyList<TensorBytes> tensors, long shardBytes)
    {
        var shards = new List<List<TensorBytes>> { new() };
        long bytes = 0;
        foreach (var tensor in tensors)
        {
            if (shards[^1].Count > 0 && bytes + tensor.Length > shardBytes)
            {
                shards.Add([]);
                bytes = 0;
            }

            shards[^1].Add(tensor);
            bytes += tensor.Length;
        }

        return shards;
    }
}
