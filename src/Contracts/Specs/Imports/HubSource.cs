using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Ptune.Contracts.Specs;

/// <summary>A repository of the Hugging Face hub, fetched by the worker that runs the import.</summary>
[GenerateSerializer, Alias("ptune.HubSource")]
public sealed record HubSource : ImportSource
{
    private const string Prefix = "hf:";

    [Id(0), MaxLength(200), Description("OWNER/NAME.")]
    public required string Repository { get; init; }

    [Id(1), MaxLength(255), Description("A commit, tag or branch. A commit is the only one that cannot change. Default: main.")]
    public string Revision { get; init; } = "main";

    /// <summary>Whether a place is one of the hub's: hf:OWNER/NAME[@REVISION].</summary>
    public static bool IsHub(string place) => place.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>The repository that such a place names.</summary>
    public static HubSource Of(string place)
    {
        var words = place[Prefix.Length..].Split('@', 2);
        return words.Length == 1 ? new HubSource { Repository = words[0] } : new HubSource { Repository = words[0], Revision = words[1] };
    }
}
