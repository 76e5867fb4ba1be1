using System.Buffers.Binary;
using System.Text.Json;

namespace Ptune.Cli.Imports;

/// <summary>How many numbers a model's weights have, from the headers of its safetensors files. Servers estimate by it how much memory the import takes.</summary>
internal static class WeightNumbers
{
    private const string Extension = ".safetensors", Metadata = "__metadata__", Shape = "shape";

    // As the format's own library has it.
    private const ulong LongestHeader = 100_000_000;

    /// <returns>Null: there are none, or a header cannot be read.</returns>
    public static long? In(IEnumerable<LocalFile> files)
    {
        long? sum = null;
        foreach (var file in files.Where(file => file.Name.EndsWith(Extension, StringComparison.Ordinal)))
        {
            if (Of(file.Path) is not { } numbers) return null;
            sum = (sum ?? 0) + numbers;
        }
        return sum is > 0 ? sum : null;
    }

    private static long? Of(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            Span<byte> length = stackalloc byte[sizeof(ulong)];
            file.ReadExactly(length);
            if (BinaryPrimitives.ReadUInt64LittleEndian(length) is var bytes && bytes > LongestHeader) return null;
            var header = new byte[bytes];
            file.ReadExactly(header);
            using var json = JsonDocument.Parse(header);
            return json.RootElement.EnumerateObject().Where(entry => entry.Name != Metadata)
                .Sum(entry => entry.Value.GetProperty(Shape).EnumerateArray().Aggregate(1L, (product, dimension) => checked(product * dimension.GetInt64())));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException or KeyNotFoundException or FormatException or OverflowException)
        {
            return null;
        }
    }
}
