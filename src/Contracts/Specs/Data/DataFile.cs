using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Ptune.Contracts.Specs;

/// <summary>A file under a data set's location. Its digest is its identity, its path is not.</summary>
[GenerateSerializer, Alias("ptune.DataFile")]
public sealed record DataFile
{
    [Id(0), NotIdentity, MaxLength(1000), Description("The path below the data set's location.")]
    public required string Path { get; init; }

    [Id(1), RegularExpression("^[0-9a-f]{64}$"), Description("SHA-256 of the file, 64 lower-case hexadecimal digits (sha256sum prints it).")]
    public required string Sha256 { get; init; }
}
