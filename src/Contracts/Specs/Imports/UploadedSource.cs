using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Ptune.Contracts.Specs;

/// <summary>Files that were uploaded to the store: <c>ptune models import --from FOLDER</c> does it.</summary>
[GenerateSerializer, Alias("ptune.UploadedSource")]
public sealed record UploadedSource : ImportSource
{
    [Id(0), MinLength(1), MaxLength(TextDatasetSpec.MaxFiles), Description("The files, each with its name in the folder and its SHA-256.")]
    public required ImportFile[] Files { get; init; }
}
