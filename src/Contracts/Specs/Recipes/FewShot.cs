using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Ptune.Contracts.Specs;

/// <summary>Examples that a model reads before each text, in place of being tuned on them (in-context learning, arXiv 2005.14165). They are drawn at random, and separated by empty lines.</summary>
[GenerateSerializer, Alias("ptune.FewShot")]
public sealed record FewShot
{
    [Id(0), Description("What they are drawn from: texts, prompts with responses, or labelled texts.")]
    public required DataSpec Data { get; init; }

    [Id(1), Range(1, 1000), Description("How many there are. Default: 4.")]
    public int Count { get; init; } = 4;

    [Id(2), Description("Seed of the draw. Default: 1.")]
    public long Seed { get; init; } = 1;

    /// <summary>SHA-256 of the files that it reads from the store's uploads.</summary>
    internal IEnumerable<string> Uploads() => Data.Dataset is { Location: IDatasetSpec.Uploads } dataset ? dataset.Declared().Select(f => f.File.Sha256) : [];
}
