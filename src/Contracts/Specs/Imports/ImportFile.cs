using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Ptune.Contracts.Specs;

/// <summary>A file of an imported folder. Its name decides what it is, so it belongs to the identity.</summary>
[GenerateSerializer, Alias("ptune.ImportFile")]
public sealed record ImportFile
{
    [Id(0), MaxLength(1000), Description("The path below the folder.")]
    public required string Path { get; init; }

    [Id(1), RegularExpression("^[0-9a-f]{64}$"), Description("SHA-256 of the file, 64 lower-case hexadecimal digits.")]
    public required string Sha256 { get; init; }

    [Id(2), NotIdentity, Range(0, 1e15), Description("Its size, by which memory and disk space are estimated. Default: not known.")]
    public long? Bytes { get; init; }
}
