using Ptune.Contracts.Specs;
using Ptune.Learning.Data.Text;
using Ptune.Learning.Data.Text.Records;
using Ptune.Learning.Data.Text.Tokens;

namespace Ptune.Learning.Evaluation.Language;

/// <summary>The questions of a data set as a language model is asked them: labelled texts, whose labels are the choices, and multiple choice.</summary>
/// <param name="Questions">In the records' order.</param>
/// <param name="Records">The record of each.</param>
/// <param name="Counts">What encoding found.</param>
internal sealed record AnswerQuestions(IReadOnlyList<ChoiceQuestion> Questions, IReadOnlyList<TextRecord> Records, EncodingCounts Counts)
{
    /// <param name="texts">Of the format textLabel or multipleChoice.</param>
    /// <param name="data">Says how long a text with its label may be.</param>
    /// <param name="encoder">The model's tokenizer.</param>
    /// <param name="context">So many tokens the model reads.</param>
    /// <exception cref="LearningException">A record cannot be encoded or is too long, or none is left.</exception>
    public static AnswerQuestions Of(TextSelection texts, DataSpec data, FolderEncoder encoder, long context)
    {
        var rule = EncodedTexts.RuleOf(data);
        var asked = texts.Labels is { } labels
            ? OfLabels(texts, labels, encoder, rule with { MaxTokens = (int)Math.Min(rule.MaxTokens, context) })
            : OfChoices(texts, encoder);
        if (asked.Questions.Count == 0) throw new DataException($"None of the {texts.Records.Count} texts has at most {rule.MaxTokens} tokens.");
        return asked;
    }

    private static AnswerQuestions OfLabels(TextSelection texts, LabelNames names, FolderEncoder encoder, LengthRule rule)
    {
        var prompts = new LabelAnswers(encoder, names, rule);
        Choice[] choices = [.. names.Names.Zip(prompts.Labels, (name, ids) => Choice.Of(ids, name))];
        var counts = new EncodingCounts();
        var questions = new List<ChoiceQuestion>();
        var records = new List<TextRecord>();
        foreach (var record in texts.Records.Cast<LabelledText>())
        {
            int label = names.IndexOf(record);
            if (prompts.Prompt(record, counts) is not { } prompt) continue;
            questions.Add(new ChoiceQuestion(prompt, choices, label));
            records.Add(record);
        }

        return Counted(questions, records, counts);
    }

    private static AnswerQuestions OfChoices(TextSelection texts, FolderEncoder encoder)
    {
        var examples = new ExampleEncoder(encoder, encoder, LossScope.Response);
        var records = texts.Records.Cast<MultipleChoice>().ToList();
        return Counted([.. records.Select(record => ChoiceQuestion.Of(record, examples))], records, new EncodingCounts());
    }

    private static AnswerQuestions Counted(List<ChoiceQuestion> questions, IReadOnlyList<TextRecord> records, EncodingCounts counts)
    {
        counts.Examples = questions.Count;
        counts.Tokens = questions.Sum(question => question.Choices.Sum(choice => (long)question.Prompt.Length + choice.Ids.Length));
        counts.TrainedTokens = questions.Sum(question => question.Choices.Sum(choice => (long)choice.Ids.Length));
        return new AnswerQuestions(questions, records, counts);
    }
}
