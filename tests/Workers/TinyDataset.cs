using System.Buffers.Binary;
using System.Security.Cryptography;
using Ptune.Contracts.Specs;

namespace Ptune.Workers.Tests;

/// <summary>A data set of a few small images in two classes, bright above and bright below, in the IDX format.</summary>
internal sealed class TinyDataset
{
    private const int Side = 8;
    private const int TrainRows = 160;
    private const int TestRows = 32;

    private readonly string _folder;

    public TinyDataset(string folder)
    {
        _folder = folder;
        Spec = new ImageDatasetSpec
        {
            Name = "tiny",
            Location = folder,
            Files = new IdxFiles
            {
                TrainImages = Write("train-images", Images(TrainRows)),
                TrainLabels = Write("train-labels", Labels(TrainRows)),
                TestImages = Write("test-images", Images(TestRows)),
                TestLabels = Write("test-labels", Labels(TestRows)),
            },
            Labels = ["above", "below"],
        };
    }

    public ImageDatasetSpec Spec { get; }

    /// <summary>A model that learns it: 8 steps an epoch.</summary>
    public PretrainingSpec Pretraining(int epochs, int checkpointEverySteps) => new()
    {
        Name = "tiny-mlp",
        Data = new DataSpec { Dataset = Spec, Split = Split.Pretraining, Splits = new SplitsSpec { Pretraining = 128, Tuning = 16, Validation = 16 } },
        Architecture = new MlpSpec { Hidden = 16, Depth = 1 },
        Recipe = new TrainingRecipe { Epochs = epochs, BatchSize = 16, CheckpointEverySteps = checkpointEverySteps },
    };

    private DataFile Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(Path.Combine(_folder, name), bytes);
        return new DataFile { Path = name, Sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes)) };
    }

    private static byte[] Images(int rows)
    {
        var bytes = new byte[16 + (rows * Side * Side)];
        Header(bytes, 0x803, rows, Side, Side);
        var random = new Random(7);
        for (var pixel = 0; pixel < rows * Side * Side; pixel++)
        {
            var (row, isAbove) = (pixel / (Side * Side), pixel % (Side * Side) < Side * Side / 2);
            bytes[16 + pixel] = (byte)((isAbove == (row % 2 == 0) ? 150 : 0) + random.Next(100));
        }
        return bytes;
    }

    private static byte[] Labels(int rows)
    {
        var bytes = new byte[8 + rows];
        Header(bytes, 0x801, rows);
        for (var row = 0; row < rows; row++) bytes[8 + row] = (byte)(row % 2);
        return bytes;
    }

    private static void Header(byte[] bytes, params int[] words)
    {
        for (var i = 0; i < words.Length; i++) BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4 * i), words[i]);
    }
}
