using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Ptune.Silo.Tests.Support;

/// <summary>A tiny data set in a folder: 4x4 images, two labels, 20 rows to train on and 6 to test on.</summary>
public sealed class IdxDataset
{
    private readonly string _folder;

    public IdxDataset(string folder)
    {
        _folder = folder;
        Write("train-images", Images(20));
        Write("train-labels", Labels(20));
        Write("test-images", Images(6));
        Write("test-labels", Labels(6));
    }

    public string Folder => _folder;

    public string[] Names { get; init; } = ["cat", "dog"];

    /// <summary>Digests by file, as the specs declare them; changed files keep the old one unless it is renewed.</summary>
    public Dictionary<string, string> Digests { get; } = [];

    public int Pretraining { get; init; } = 8;

    /// <summary>The members of a job's data.</summary>
    public string Yaml => $"dataset: {Dataset}, splits: {Splits}";

    /// <summary>The members of a study.</summary>
    public string YamlLines => $"dataset: {Dataset}\nsplits: {Splits}";

    private string Splits => $"{{ pretraining: {Pretraining}, tuning: 8, validation: 4 }}";

    private string Dataset => $"{{ name: tiny, location: '{_folder}', labels: [{string.Join(", ", Names)}], files: {{ "
        + string.Join(", ", Digests.Select(d => $"{Member(d.Key)}: {{ path: {d.Key}, sha256: {d.Value} }}")) + " } }";

    public string PathOf(string name) => Path.Combine(_folder, name);

    public void Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(PathOf(name), bytes);
        Digests[name] = Convert.ToHexStringLower(SHA256.HashData(bytes));
    }

    public static byte[] Images(int count, int side = 4) => [.. Header(count, side, side), .. new byte[count * side * side]];

    public static byte[] Labels(int count, int different = 2) => [.. Header(count), .. Enumerable.Range(0, count).Select(i => (byte)(i % different))];

    private static byte[] Header(params int[] sizes)
    {
        var header = new byte[4 + (4 * sizes.Length)];
        header[2] = 0x08;
        header[3] = (byte)sizes.Length;
        for (var i = 0; i < sizes.Length; i++) BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 + (4 * i)), sizes[i]);
        return header;
    }

    private static string Member(string name) => name switch
    {
        "train-images" => "trainImages",
        "train-labels" => "trainLabels",
        "test-images" => "testImages",
        _ => "testLabels",
    };
}
