using Ptune.Contracts.Specs;
using Ptune.Learning.Data.Text.Reading;

namespace Ptune.Learning.Data.Text.Tokens;

/// <summary>How long an example may be, and what happens to longer ones.</summary>
/// <param name="MaxTokens">At least 2: one token to predict from, one to predict.</param>
/// <param name="TooLong">For the others.</param>
internal sealed record LengthRule(int MaxTokens, TooLong TooLong)
{
    /// <returns>The example to use, or null where it is left out, which <paramref name="counts"/> says.</returns>
    /// <exception cref="DataException">The example is too long and the rule refuses that.</exception>
    public EncodedExample? Apply(EncodedExample example, RecordPlace place, EncodingCounts counts)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxTokens, 2);
        if (example.Length > MaxTokens)
        {
            if (TooLong == TooLong.Refuse) throw place.Error($"the example has {example.Length} tokens, but at most {MaxTokens} are allowed. Raise maxTokens, or have long examples cut or dropped.");
            if (TooLong == TooLong.Drop)
            {
                counts.TooLong++;
                return null;
            }

            counts.Cut++;
            counts.TokensCut += example.Length - MaxTokens;
            example = example.Slice(TooLong == TooLong.CutPrompt ? PromptToCut(example) : 0, MaxTokens);
        }

        if (example.TrainedTokens == 0)
        {
            counts.Untrained++;
            return null;
        }

        counts.Examples++;
        counts.Tokens += example.Length;
        counts.TrainedTokens += example.TrainedTokens;
        return example;
    }

    private int PromptToCut(EncodedExample example)
    {
        int prompt = Array.IndexOf(example.Trained, true);
        return Math.Min(Math.Max(prompt, 0), example.Length - MaxTokens);
    }
}
