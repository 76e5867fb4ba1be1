using System.Buffers.Binary;
using System.Text.Json;
using Ptune.Contracts.Artifacts;

namespace Ptune.Contracts.Carrying;

/// <summary>The names and shapes of an artifact's tensors, from the headers of its safetensors files; the weights are not read.</summary>
/// <param name="ByName">Empty where the artifact has no such files: a model may lie where it was imported from.</param>
public sealed record TensorShapes(IReadOnlyDictionary<string, long[]> ByName)
{
    private const string Ending = ".safetensors", Golden = "golden.safetensors", Metadata = "__metadata__";
    private const int LongestHeader = 100_000_000, Named = 10;

    private static readonly string[] s_bodies = ["model", "transformer", "gpt_neox", "bert"];

    /// <param name="files">The artifact's.</param>
    /// <param name="open">Opens one of them by its path, at its beginning.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="InvalidDataException">A header is damaged; the file is named.</exception>
    public static async Task<TensorShapes> ReadAsync(IEnumerable<ArtifactFile> files, Func<string, Task<Stream>> open, CancellationToken cancellation)
    {
        var shapes = new Dictionary<string, long[]>(StringComparer.Ordinal);
        foreach (var file in files.Where(file => file.Path.EndsWith(Ending, StringComparison.Ordinal) && file.Path != Golden))
        {
            await using var stream = await open(file.Path);
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
                throw new InvalidDataException($"{file.Path} is damaged: {e.Message}.", e);
            }
        }
        return new(shapes);
    }

    /// <summary>Which of these tensors the other model lacks or has in another shape: a sentence with the first ten; null: none.</summary>
    /// <param name="names">Some of this model's.</param>
    /// <param name="other">The other model's.</param>
    /// <param name="from">What messages call this model.</param>
    /// <param name="to">What messages call the other.</param>
    public string? Misfit(IReadOnlyCollection<string> names, TensorShapes other, string from, string to)
    {
        string[] wrong = [.. names.Where(name => other.Find(name) is not { } shape || !shape.AsSpan().SequenceEqual(ByName[name])).Order(StringComparer.Ordinal)];
        if (wrong.Length == 0) return null;
        var first = wrong.Take(Named).Select(name => $"{name} is {Shape(ByName[name])} in {from} and {(other.Find(name) is { } shape ? Shape(shape) : "missing")} in {to}");
        return $"{wrong.Length:N0} of {names.Count:N0} {(names.Count == 1 ? "tensor" : "tensors")} {(wrong.Length == 1 ? "differs" : "differ")}{(wrong.Length > Named ? $"; the first {Named}" : "")}: {string.Join("; ", first)}.";
    }

    /// <summary>A checkpoint of the body alone leaves the first word of its names out.</summary>
    private long[]? Find(string name) => ByName.GetValueOrDefault(name) ?? (name.Split('.', 2) is [_, var rest] ? ByName.GetValueOrDefault(rest) : null)
        ?? s_bodies.Select(body => ByName.GetValueOrDefault($"{body}.{name}")).FirstOrDefault(shape => shape is not null);

    private static string Shape(long[] shape) => $"[{string.Join(", ", shape)}]";
}
