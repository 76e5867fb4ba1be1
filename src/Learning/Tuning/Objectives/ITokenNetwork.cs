using static TorchSharp.torch;

namespace Ptune.Learning.Tuning.Objectives;

/// <summary>What predicts the next token: a language model, or several networks that are added.</summary>
internal interface ITokenNetwork
{
    Device Device { get; }

    /// <summary>So many tokens a row may have.</summary>
    long Context { get; }

    /// <inheritdoc cref="Models.CausalLanguageModel.RowsIndependentUpTo"/>
    long? RowsIndependentUpTo { get; }

    /// <summary>The parts of the logits that predict the trained tokens.</summary>
    /// <param name="batch">The tokens.</param>
    /// <param name="rows">Which of the B x T hidden states: the first of <see cref="TokenBatch.Trained"/>.</param>
    IReadOnlyList<HeadTerm> Terms(TokenBatch batch, Tensor rows);
}
