using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Ptune.Contracts.Specs.Reading;

namespace Ptune.Contracts.Specs;

/// <summary>A data set of labelled images in the IDX format, declared by its files and their digests, wherever they lie.</summary>
[GenerateSerializer, Alias("ptune.DatasetSpec")]
public sealed record DatasetSpec
{
    /// <summary>Characters of a label's name.</summary>
    public const int MaxLabel = 100;

    [Id(0), NotIdentity, MaxLength(200), Description("The data set's display name.")]
    public required string Name { get; init; }

    [Id(1), NotIdentity, MaxLength(2000), Description("The folder that holds the files, or an http(s) address from which each worker downloads them once. ${NAME} in the address stands for a secret of the workers.")]
    public required string Location { get; init; }

    [Id(2), Description("The files, plain or gzip-compressed, and the SHA-256 of each as stored.")]
    public required IdxFiles Files { get; init; }

    [Id(3), MinLength(2), MaxLength(SpecLimits.Labels), Description("The labels' names in the order of their numbers, 2 to 256: the output space.")]
    public required string[] Labels { get; init; }
}
