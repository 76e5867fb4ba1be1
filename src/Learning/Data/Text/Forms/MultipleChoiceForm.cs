using Ptune.Learning.Data.Text.Reading;
using Ptune.Learning.Data.Text.Records;

namespace Ptune.Learning.Data.Text.Forms;

/// <param name="meaning">How the right choice is named; null while that is being found out.</param>
internal sealed class MultipleChoiceForm(AnswerMeaning? meaning) : TextForm
{
    private const int _letters = 26;

    public override IReadOnlyList<string> Fields => ["question", "choices", "answer"];

    public override TextRecord Read(FormRow row)
    {
        var choices = Choices(row);
        var answer = row["answer"];
        int index = Find(answer, choices, meaning ?? throw new InvalidOperationException("The meaning of the answers is not known yet."));
        return index >= 0
            ? new MultipleChoice(row.Text("question"), choices, index) { Place = row.Place }
            : throw row.Place.Error($"'{row.NameOf("answer")}' is {Say(answer)}, which is not one of the {choices.Count} choices ({Expected(meaning.Value, choices.Count)}).");
    }

    /// <summary>The meaning that fits the most answers; where two fit as many, the text of a choice before a letter.</summary>
    public static AnswerMeaning Meaning(IEnumerable<FormRow> rows)
    {
        long numbers = 0, texts = 0, letters = 0;
        foreach (var row in rows)
        {
            var choices = Choices(row);
            var answer = row["answer"];
            if (answer.Whole is not null) numbers++;
            if (Find(answer, choices, AnswerMeaning.Text) >= 0) texts++;
            if (Find(answer, choices, AnswerMeaning.Letter) >= 0) letters++;
        }

        if (numbers > Math.Max(texts, letters)) return AnswerMeaning.Index;
        return letters > texts ? AnswerMeaning.Letter : AnswerMeaning.Text;
    }

    private static IReadOnlyList<string> Choices(FormRow row)
    {
        var choices = row.Texts("choices");
        if (choices.Count < 2) throw row.Place.Error($"'{row.NameOf("choices")}' has {choices.Count} item{(choices.Count == 1 ? "" : "s")}, but at least 2 are needed.");
        return choices.Distinct(StringComparer.Ordinal).Count() == choices.Count
            ? choices
            : throw row.Place.Error($"'{row.NameOf("choices")}' has the same choice twice.");
    }

    private static int Find(DataValue answer, IReadOnlyList<string> choices, AnswerMeaning meaning) => meaning switch
    {
        AnswerMeaning.Index => answer.Whole is { } number && number >= 0 && number < choices.Count ? (int)number : -1,
        AnswerMeaning.Letter => answer.Text is [>= 'A' and <= 'Z' and var letter] && letter - 'A' < choices.Count ? letter - 'A' : -1,
        _ => answer.Text is { } text ? choices.ToList().IndexOf(text) : -1,
    };

    private static string Say(DataValue answer) => answer.Text is { } text ? $"'{text}'" : answer.Whole?.ToString() ?? answer.Kind;

    private static string Expected(AnswerMeaning meaning, int count) => meaning switch
    {
        AnswerMeaning.Index => $"0 to {count - 1}",
        AnswerMeaning.Letter => $"A to {(char)('A' + Math.Min(count, _letters) - 1)}",
        _ => "the text of a choice, letter for letter",
    };
}
