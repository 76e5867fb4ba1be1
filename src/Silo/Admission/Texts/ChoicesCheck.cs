using System.Text.Json;

namespace Ptune.Silo.Admission.Texts;

/// <summary>The choices of a question: texts, at least two, each once.</summary>
internal static class ChoicesCheck
{
    private const string Fix = "Correct the record.";

    public static TextFault? Check(JsonElement value, string name, long number)
    {
        if (value.ValueKind != JsonValueKind.Array) return new(number, $"'{name}' must be a list of texts, but is {JsonWords.Kind(value)}.", Fix);
        var texts = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in value.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.String) return new(number, $"'{name}' must be a list of texts, but one item is {JsonWords.Kind(item)}.", Fix);
            if (!texts.Add(item.GetString()!)) return new(number, $"'{name}' has the same choice twice.", Fix);
        }
        return texts.Count < 2 ? new(number, $"'{name}' has {texts.Count} item{(texts.Count == 1 ? "" : "s")}, but at least 2 are needed.", Fix) : null;
    }

    /// <summary>Whatever all the records together say answers are: a number is an index, and a text is a choice or its letter.</summary>
    public static TextFault? Answer(JsonElement answer, JsonElement choices, string name, long number)
    {
        var count = choices.GetArrayLength();
        if (answer.ValueKind == JsonValueKind.Number)
            return answer.GetInt64() is >= 0 and var index && index < count ? null : new(number, $"'{name}' is {answer.GetInt64()}, which is not one of the {count} choices (0 to {count - 1}).", Fix);
        var text = answer.GetString()!;
        var isLetter = text is [>= 'A' and <= 'Z' and var letter] && letter - 'A' < count;
        return isLetter || choices.EnumerateArray().Any(choice => choice.ValueEquals(text)) ? null
            : new(number, $"'{name}' is '{text}', which is neither one of the {count} choices nor the letter of one.", Fix);
    }
}
