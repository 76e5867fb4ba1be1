using Ptune.Learning.Data.Text.Records;
using Ptune.Learning.Data.Text.Tokens;

namespace Ptune.Learning.Evaluation.Language;

/// <summary>A question that is answered by the choice that the model finds most probable behind it.</summary>
/// <param name="Prompt">Its tokens; at least one.</param>
/// <param name="Choices">At least two.</param>
/// <param name="Answer">The index of the right one.</param>
internal sealed record ChoiceQuestion(int[] Prompt, IReadOnlyList<Choice> Choices, int Answer)
{
    /// <summary>A record of a data set.</summary>
    public static ChoiceQuestion Of(MultipleChoice record, ExampleEncoder encoder)
    {
        var (prompt, choices) = encoder.Encode(record);
        return new ChoiceQuestion(prompt, [.. choices.Zip(record.Choices, Choice.Of)], record.Answer);
    }

    /// <summary>Any prompt with its choices, such as the labels of a text; a space is put before each choice.</summary>
    public static ChoiceQuestion Of(ITextEncoder encoder, string prompt, IReadOnlyList<string> choices, int answer) =>
        new(encoder.Encode(prompt), [.. choices.Select(choice => Choice.Of(encoder.Encode(" " + choice), choice))], answer);

    /// <summary>A row for each choice; what does not fit loses the beginning of its prompt.</summary>
    /// <param name="context">At most so many tokens.</param>
    /// <exception cref="LearningException">A choice has no token, or leaves no room for a token before it.</exception>
    public IEnumerable<EncodedExample> Rows(long context) => Choices.Select((choice, index) =>
    {
        if (Prompt.Length == 0 || choice.Ids.Length == 0) throw new LearningException($"{(Prompt.Length == 0 ? "The prompt" : $"Choice {index + 1}")} has no token.");
        if (choice.Ids.Length >= context) throw new LearningException($"Choice {index + 1} has {choice.Ids.Length} tokens, and the model reads {context}, of which one stands before it.");
        int kept = (int)Math.Min(Prompt.Length, context - choice.Ids.Length);
        int[] ids = [.. Prompt[^kept..], .. choice.Ids];
        return new EncodedExample(ids, [.. Enumerable.Range(0, ids.Length).Select(token => token >= kept)]);
    });
}
