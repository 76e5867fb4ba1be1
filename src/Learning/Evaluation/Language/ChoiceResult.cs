namespace Ptune.Learning.Evaluation.Language;

/// <summary>What a model makes of a question.</summary>
/// <param name="Question">The question.</param>
/// <param name="LogProbabilities">Of each choice, the sum over its tokens, in nats.</param>
internal sealed record ChoiceResult(ChoiceQuestion Question, IReadOnlyList<double> LogProbabilities)
{
    /// <summary>The index of the model's choice; of several that are equal the first.</summary>
    public int Pick(ChoiceRule rule)
    {
        double[] values = [.. Question.Choices.Zip(LogProbabilities, (choice, sum) => choice.Value(rule, sum))];
        return Array.IndexOf(values, values.Max());
    }

    public bool IsRight(ChoiceRule rule) => Pick(rule) == Question.Answer;

    /// <exception cref="LearningException">A question does not fit the model, or it computes no finite numbers.</exception>
    public static IReadOnlyList<ChoiceResult> Of(SequenceScorer scorer, IReadOnlyList<ChoiceQuestion> questions)
    {
        var sums = new Queue<double>(scorer.Sums([.. questions.SelectMany(question => question.Rows(scorer.Context))]));
        return [.. questions.Select(question => new ChoiceResult(question, [.. question.Choices.Select(_ => sums.Dequeue())]))];
    }
}
