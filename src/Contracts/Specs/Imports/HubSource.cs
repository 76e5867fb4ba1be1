using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Ptune.Contracts.Specs;

/// <summary>A repository of the Hugging Face hub, fetched by the worker that runs the import.</summary>
[GenerateSerializer, Alias("ptune.HubSource")]
public sealed record HubSource : ImportSource
{
    [Id(0), MaxLength(200), Description("OWNER/NAME.")]
    public required string Repository { get; init; }

    [Id(1), MaxLength(255), Description("A commit, tag or branch. A commit is the only one that cannot change. Default: main.")]
    public string Revision { get; init; } = "main";
}
