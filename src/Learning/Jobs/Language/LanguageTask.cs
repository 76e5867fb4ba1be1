using Ptune.Contracts.Specs;
using Ptune.Learning.Data.Text;
using Ptune.Learning.Data.Text.Tokens;
using Ptune.Learning.Models;
using Ptune.Learning.Tokenization;
using Ptune.Learning.Tuning;
using Ptune.Learning.Tuning.Objectives;

namespace Ptune.Learning.Jobs.Language;

/// <summary>A training of a language model on single examples.</summary>
/// <param name="Network">The model as it is trained, with what hangs on it.</param>
/// <param name="Parameters">What is trained.</param>
/// <param name="Data">Where the examples come from.</param>
/// <param name="Tokenizer">The model's.</param>
/// <param name="General">What is mixed in.</param>
/// <param name="Copies">What the network has in the place of the parameters, where it does not compute in f32.</param>
internal sealed record LanguageTask(
    LanguageNetwork Network, TrainableParameters Parameters, DataSpec Data, TrainingRecipe Recipe, long Seed, TokenizerFolder Tokenizer, TextSelection Texts, EncodedTexts Encoded, ComputeCopies? Copies = null, GeneralData? General = null)
{
    /// <summary>The source beside which a reward is trained; null: a model is trained by itself.</summary>
    public ITokenNetwork? Frozen { get; init; }

    /// <summary>Told of the validation examples and how often they are looked at, before training; null: nobody.</summary>
    public Action<EncodedTexts, long>? OnValidation { get; init; }

    /// <summary>The temperature of a reward.</summary>
    public double Lambda { get; init; } = 1;

    /// <summary>What the training lowers.</summary>
    public TokenObjective Objective => new(Network, Frozen, lambda: Lambda);

    /// <summary>Examples as rows of a batch, packed where the spec says so.</summary>
    public TokenRows Rows(EncodedTexts examples) =>
        Data.Packing == true ? TokenRows.Packed(examples.Examples, Data.MaxTokens!.Value) : TokenRows.Single(examples.Examples);
}
