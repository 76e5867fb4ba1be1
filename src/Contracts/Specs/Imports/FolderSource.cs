using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Ptune.Contracts.Specs;

/// <summary>A folder that every worker sees. Its weights stay where they lie, and are refused when they change.</summary>
[GenerateSerializer, Alias("ptune.FolderSource")]
public sealed record FolderSource : ImportSource
{
    [Id(0), NotIdentity, ClientPath, MaxLength(IDatasetSpec.MaxLocation), Description("The folder's full path, the same on every worker.")]
    public required string Path { get; init; }

    [Id(1), MinLength(1), MaxLength(TextDatasetSpec.MaxFiles), Description("Its files, each with its SHA-256.")]
    public required ImportFile[] Files { get; init; }
}
