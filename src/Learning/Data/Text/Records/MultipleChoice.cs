namespace Ptune.Learning.Data.Text.Records;

/// <summary>A question with its choices, one of which is right.</summary>
/// <param name="Question">What is asked.</param>
/// <param name="Choices">At least two, all different.</param>
/// <param name="Answer">The index of the right one.</param>
internal sealed record MultipleChoice(string Question, IReadOnlyList<string> Choices, int Answer) : TextRecord
{
    public override IEnumerable<string> Content => [Question, .. Choices];

    public override string? EmptyField => string.IsNullOrWhiteSpace(Question) ? "question" : Choices.Any(string.IsNullOrWhiteSpace) ? "choices" : null;
}
