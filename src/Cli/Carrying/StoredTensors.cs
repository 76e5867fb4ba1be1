using System.Buffers.Binary;
using System.Text.Json;
using Ptune.Cli.Servers;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Http;

namespace Ptune.Cli.Carrying;

/// <summary>The names and shapes of an artifact's tensors, from the headers of its safetensors files; the weights are not fetched.</summary>
/// <param name="Shapes">By name.</param>
internal sealed record StoredTensors(IReadOnlyDictionary<string, long[]> Shapes)
{
    private const string Ending = ".safetensors", Golden = "golden.safetensors", Metadata = "__metadata__", Prefix = "base_model.model.";
    private const int LongestHeader = 100_000_000, Named = 10;

    private static readonly string[] s_deltas = [".lora_A.", ".lora_B.", ".lora_embedding_A", ".lora_embedding_B"];

    /// <exception cref="CliException">A header is damaged, or the server cannot be reached.</exception>
    public static async Task<StoredTensors> ReadAsync(ServerClient client, ArtifactView artifact, CancellationToken cancellation)
    {
        var shapes = new Dictionary<string, long[]>(StringComparer.Ordinal);
        foreach (var file in artifact.Manifest.Files.Where(file => file.Path.EndsWith(Ending, StringComparison.Ordinal) && file.Path != Golden))
        {
            await using var stream = await client.OpenAsync(ServerClient.Fill(Routes.ArtifactFile, artifact.Digest).Replace("{*path}", file.Path, StringComparison.Ordinal), cancellation);
            try
            {
                var length = new byte[sizeof(ulong)];
                await stream.ReadExactlyAsync(length, cancellation);
                if (BinaryPrimitives.ReadUInt64LittleEndian(length) is var bytes && bytes > LongestHeader) throw new JsonException($"its header has {bytes} bytes");
                var header = new byte[bytes];
                await stream.ReadExactlyAsync(header, cancellation);
                using var json = JsonDocument.Parse(header);
                foreach (var tensor in json.RootElement.EnumerateObject().Where(tensor => tensor.Name != Metadata)) shapes[tensor.Name] = tensor.Value.GetProperty("shape").Deserialize<long[]>()!;
            }
            catch (Exception e) when (e is JsonException or EndOfStreamException or KeyNotFoundException or InvalidOperationException)
            {
                throw new CliException(ExitCode.Usage, $"{file.Path} of {artifact.Digest} is damaged: {e.Message}.");
            }
        }
        return new(shapes);
    }

    /// <summary>That the target has what the patch's low-rank deltas hang on, in the shapes of the source.</summary>
    /// <param name="source">The model that the patch was tuned on; it may have no tensors in the store.</param>
    /// <param name="target">The other model; likewise.</param>
    /// <param name="name">What messages call the target.</param>
    /// <exception cref="CliException">It does not; the first ten tensors are named.</exception>
    public void RequireFit(StoredTensors source, StoredTensors target, string name)
    {
        if (source.Shapes.Count == 0 || target.Shapes.Count == 0) return;
        string[] layers = [.. Shapes.Keys.Select(Layer).OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        // A checkpoint of the body alone leaves the first word of its names out.
        string[] hung = [.. source.Shapes.Keys.Where(tensor => layers.Any(layer => tensor.EndsWith(layer, StringComparison.Ordinal) || layer.EndsWith($".{tensor}", StringComparison.Ordinal))).Order(StringComparer.Ordinal)];
        string[] wrong = [.. hung.Where(tensor => !target.Shapes.TryGetValue(tensor, out var shape) || !shape.AsSpan().SequenceEqual(source.Shapes[tensor]))];
        if (wrong.Length == 0) return;
        var first = wrong.Take(Named).Select(tensor => $"{tensor} is {Shape(source.Shapes[tensor])} in the source and {(target.Shapes.TryGetValue(tensor, out var shape) ? $"{Shape(shape)} there" : "missing there")}");
        throw new CliException(
            ExitCode.Usage,
            $"The patch does not fit {name}: {wrong.Length:N0} of the {hung.Length:N0} tensors that it changes differ. {(wrong.Length > Named ? $"The first {Named}: " : "")}{string.Join("; ", first)}.",
            "Carry a reward, which needs only the same tokens, or retrain.");
    }

    /// <summary>The weight that a tensor of the patch belongs to; null: it is not a low-rank delta.</summary>
    private static string? Layer(string tensor)
    {
        var at = s_deltas.Select(delta => tensor.IndexOf(delta, StringComparison.Ordinal)).Where(found => found > 0).DefaultIfEmpty(-1).Max();
        return at < 0 ? null : $"{(tensor.StartsWith(Prefix, StringComparison.Ordinal) ? tensor[Prefix.Length..at] : tensor[..at])}.weight";
    }

    private static string Shape(long[] shape) => $"[{string.Join(", ", shape)}]";
}
