using Ptune.Contracts.Specs;

namespace Ptune.Silo.Admission;

/// <summary>The tokenizers that a spec names, and where they stand in it.</summary>
internal static class SpecTokenizers
{
    public static IEnumerable<(string Path, TokenizerSpec Tokenizer)> Of(Spec spec) => spec switch
    {
        PretrainingSpec { Tokenizer: { } tokenizer } => [("tokenizer", tokenizer)],
        PreparationSpec { Tokenizer: { } tokenizer } => [("tokenizer", tokenizer)],
        LanguageStudySpec study => study.Models.Where(model => model.Value.Tokenizer is not null).Select(model => ($"models.{model.Key}.tokenizer", model.Value.Tokenizer!)),
        _ => [],
    };
}
