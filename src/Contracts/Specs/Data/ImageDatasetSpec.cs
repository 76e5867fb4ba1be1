using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Ptune.Contracts.Specs.Reading;

namespace Ptune.Contracts.Specs;

/// <summary>A data set of labelled images in the IDX format.</summary>
[GenerateSerializer, Alias("ptune.DatasetSpec")]
public sealed record ImageDatasetSpec : IDatasetSpec
{
    [Id(0), NotIdentity, MaxLength(IDatasetSpec.MaxName), Description("The data set's display name.")]
    public required string Name { get; init; }

    [Id(1), NotIdentity, ClientPath, MaxLength(IDatasetSpec.MaxLocation), Description("The folder that holds the files, or an http(s) address from which each worker downloads them once. ${NAME} in the address stands for a secret of the workers.")]
    public required string Location { get; init; }

    [Id(2), Description("The files, plain or gzip-compressed, and the SHA-256 of each as stored.")]
    public required IdxFiles Files { get; init; }

    [Id(3), MinLength(2), MaxLength(SpecLimits.Labels), Description("The labels' names in the order of their numbers, 2 to 256: the output space.")]
    public required string[] Labels { get; init; }

    public IEnumerable<(string Key, DataFile File)> Declared() => Files.All().Select(f => ($"files.{f.Key}", f.File));

    public IDatasetSpec At(string location) => this with { Location = location };
}
