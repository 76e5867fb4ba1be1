using System.ComponentModel;

namespace Ptune.Contracts.Specs;

/// <summary>The four files of an IDX image data set.</summary>
[GenerateSerializer, Alias("ptune.IdxFiles")]
public sealed record IdxFiles
{
    [Id(0), Description("Training images, IDX type 0x08 with 3 dimensions.")]
    public required DataFile TrainImages { get; init; }

    [Id(1), Description("Training labels, IDX type 0x08 with 1 dimension.")]
    public required DataFile TrainLabels { get; init; }

    [Id(2), Description("Test images, IDX type 0x08 with 3 dimensions.")]
    public required DataFile TestImages { get; init; }

    [Id(3), Description("Test labels, IDX type 0x08 with 1 dimension.")]
    public required DataFile TestLabels { get; init; }

    public IEnumerable<(string Key, DataFile File)> All() =>
        [("trainImages", TrainImages), ("trainLabels", TrainLabels), ("testImages", TestImages), ("testLabels", TestLabels)];
}
