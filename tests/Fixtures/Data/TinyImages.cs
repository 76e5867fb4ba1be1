using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Ptune.Fixtures.Data;

/// <summary>A small data set that can be learnt: 8x8 images of four classes, a bright bar at a place that the class decides, and noise.</summary>
public static class TinyImages
{
    /// <summary>Pixels in a row and in a column.</summary>
    public const int Side = 8;

    /// <summary>The classes, by their number.</summary>
    public static IReadOnlyList<string> Labels { get; } = ["top", "bottom", "left", "right"];

    /// <summary>Writes the four IDX files and answers the data set's part of a spec.</summary>
    public static string Write(string folder, int train = 3000, int test = 400)
    {
        Directory.CreateDirectory(folder);
        WritePair(folder, "train", train, seed: 1);
        WritePair(folder, "test", test, seed: 2);
        return $"""
            dataset:
              name: tiny
              location: {folder}
              files:
                trainImages: {File(folder, "train-images")}
                trainLabels: {File(folder, "train-labels")}
                testImages: {File(folder, "test-images")}
                testLabels: {File(folder, "test-labels")}
              labels: [{string.Join(", ", Labels)}]
            """;
    }

    private static string File(string folder, string name)
    {
        using var stream = System.IO.File.OpenRead(Path.Combine(folder, name));
        return $"{{ path: {name}, sha256: {Convert.ToHexStringLower(SHA256.HashData(stream))} }}";
    }

    private static void WritePair(string folder, string name, int count, int seed)
    {
        var random = new Random(seed);
        var images = new byte[16 + count * Side * Side];
        var labels = new byte[8 + count];
        Header(images, 0x803, count, Side, Side);
        Header(labels, 0x801, count);
        for (var i = 0; i < count; i++)
        {
            var label = random.Next(Labels.Count);
            labels[8 + i] = (byte)label;
            var at = random.Next(Side / 2);
            for (var y = 0; y < Side; y++)
            {
                for (var x = 0; x < Side; x++)
                {
                    var bar = label switch { 0 => y == at, 1 => y == Side - 1 - at, 2 => x == at, _ => x == Side - 1 - at };
                    images[16 + (i * Side + y) * Side + x] = (byte)Math.Min(255, random.Next(120) + (bar ? 110 : 0));
                }
            }
        }
        System.IO.File.WriteAllBytes(Path.Combine(folder, $"{name}-images"), images);
        System.IO.File.WriteAllBytes(Path.Combine(folder, $"{name}-labels"), labels);
    }

    private static void Header(byte[] bytes, params int[] words)
    {
        for (var i = 0; i < words.Length; i++) BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(i * 4), words[i]);
    }
}
