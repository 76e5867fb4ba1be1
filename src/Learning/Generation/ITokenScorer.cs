using Ptune.Learning.Models.Language;
using static TorchSharp.torch;

namespace Ptune.Learning.Generation;

/// <summary>What gives the next token's logits for rows that grow: a model, or several of them combined.</summary>
internal interface ITokenScorer : IDisposable
{
    /// <summary>V.</summary>
    long Vocabulary { get; }

    /// <summary>So many tokens a row may have.</summary>
    long Context { get; }

    /// <inheritdoc cref="Models.CausalLanguageModel.RowsIndependentUpTo"/>
    long? RowsIndependentUpTo { get; }

    Device Device { get; }

    /// <summary>Begins new rows of at most <paramref name="capacity"/> tokens; what was there is forgotten.</summary>
    void Begin(long batch, long capacity);

    /// <summary>Adds tokens [B, T] to the rows and gives the logits after the last of them, [B, V].</summary>
    Tensor Next(Tensor tokens, SequenceLayout layout);

    /// <summary>Goes on with some rows only, [k] i64.</summary>
    void Keep(Tensor rows);
}
