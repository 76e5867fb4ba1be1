using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using Ptune.Contracts.Specs;

namespace Ptune.Learning.Tests;

/// <summary>A data set that can be learnt: 8x8 images of three labels, each label brighter in rows of its own, with noise.</summary>
internal static class TinyDataset
{
    public const int Side = 8;
    public const int TrainRows = 120;
    public const int TestRows = 40;

    public static readonly string[] Labels = ["top", "middle", "bottom"];

    public static readonly SplitsSpec Splits = new() { Pretraining = 60, Tuning = 30, Validation = 30 };

    public static ImageDatasetSpec Create(string folder, bool zipped = true)
    {
        string end = zipped ? ".gz" : "";
        return new ImageDatasetSpec
        {
            Name = "tiny",
            Location = folder,
            Labels = Labels,
            Files = new IdxFiles
            {
                TrainImages = Write(folder, "train-images" + end, Images(TrainRows, 1), [TrainRows, Side, Side]),
                TrainLabels = Write(folder, "train-labels" + end, LabelBytes(TrainRows), [TrainRows]),
                TestImages = Write(folder, "test-images" + end, Images(TestRows, 2), [TestRows, Side, Side]),
                TestLabels = Write(folder, "test-labels" + end, LabelBytes(TestRows), [TestRows]),
            },
        };
    }

    public static DataSpec Data(ImageDatasetSpec dataset, Split split, int? count = null, ShiftSpec? shift = null) =>
        new() { Dataset = dataset, Splits = Splits, Split = split, Count = count, Shift = shift };

    /// <summary>The bytes of an IDX file.</summary>
    public static byte[] Idx(byte[] elements, params int[] shape)
    {
        byte[] file = new byte[4 + (4 * shape.Length) + elements.Length];
        file[2] = 0x08;
        file[3] = (byte)shape.Length;
        for (int d = 0; d < shape.Length; d++) BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(4 + (4 * d)), shape[d]);
        elements.CopyTo(file, 4 + (4 * shape.Length));
        return file;
    }

    public static byte[] Zip(byte[] content)
    {
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.Fastest)) gzip.Write(content);
        return zipped.ToArray();
    }

    /// <summary>Writes a file of a data set and declares it.</summary>
    public static DataFile Write(string folder, string name, byte[] elements, int[] shape)
    {
        byte[] content = Idx(elements, shape);
        if (name.EndsWith(".gz", StringComparison.Ordinal)) content = Zip(content);
        File.WriteAllBytes(Path.Combine(folder, name), content);
        return new DataFile { Path = name, Sha256 = Convert.ToHexStringLower(SHA256.HashData(content)) };
    }

    public static byte[] LabelBytes(int rows) => [.. Enumerable.Range(0, rows).Select(row => (byte)(row % Labels.Length))];

    public static byte[] Images(int rows, int seed)
    {
        var random = new Random(seed);
        byte[] pixels = new byte[rows * Side * Side];
        for (int row = 0; row < rows; row++)
        {
            for (int pixel = 0; pixel < Side * Side; pixel++)
            {
                bool bright = pixel / Side / 3 == row % Labels.Length;
                pixels[(row * Side * Side) + pixel] = (byte)(random.Next(120) + (bright ? 100 : 0));
            }
        }

        return pixels;
    }
}
