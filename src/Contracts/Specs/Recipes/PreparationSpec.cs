using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Ptune.Contracts.Specs;

/// <summary>
/// Reads and encodes a data set before any model is loaded: digests, splits, counts of records and tokens, and what was cut, dropped or
/// refused. Makes an <see cref="ArtifactKind.Preparation"/>.
/// </summary>
[GenerateSerializer, Alias("ptune.PreparationSpec")]
public sealed record PreparationSpec : JobSpec
{
    [Id(0), Description("The examples to encode.")]
    public required DataSpec Data { get; init; }

    [Id(1), Description("The model whose tokenizer is used: name@version, sha256:... or job:... Or give 'tokenizer'.")]
    public string? Model { get; init; }

    [Id(2), Description("The tokenizer. Or give 'model'.")]
    public TokenizerSpec? Tokenizer { get; init; }

    public override IEnumerable<JobInput> Inputs() => Model is null ? [] : [new("model", "model", Model, ArtifactKind.Model)];

    public override DataSpec? Examples() => Data;

    public override IEnumerable<string> Uploads() => [.. base.Uploads(), .. Tokenizer is { Location: IDatasetSpec.Uploads } tokenizer ? [tokenizer.File.Sha256] : Array.Empty<string>()];

    public override ArtifactKind Produces() => ArtifactKind.Preparation;

    public override TrainingRecipe? Training() => null;

    public override int RecipeVersion() => 1;

    public override JobSpec WithInputs(Func<string, string> resolve) => this with { Model = Model is null ? null : resolve(Model) };
}
