using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Ptune.Contracts.Specs.Reading;

/// <summary>What the attributes on a spec's members ask of a value.</summary>
internal static class ValueRules
{
    /// <returns>What was found ("is 3") and what is expected instead; null when the rule holds.</returns>
    public static (string Found, string Expected)? Check(ValidationAttribute rule, JsonNode value) => rule switch
    {
        RangeAttribute range when value is JsonValue number => Range(range, double.Parse(number.ToJsonString(), CultureInfo.InvariantCulture)),
        MinLengthAttribute length when value is JsonArray items && items.Count < length.Length => (Entries(items.Count), $"a list of at least {length.Length:N0}"),
        MaxLengthAttribute most when value is JsonArray items && items.Count > most.Length => (Entries(items.Count), $"a list of at most {most.Length:N0}"),
        MaxLengthAttribute most when value is JsonObject members && members.Count > most.Length => (Entries(members.Count), $"at most {most.Length:N0} 'key: value' lines"),
        MaxLengthAttribute most when value is JsonValue text && text.GetValue<string>().Length is var length && length > most.Length => ($"has {length:N0} characters", $"text of at most {most.Length:N0} characters"),
        RegularExpressionAttribute form when value is JsonValue text => Form(form, text.GetValue<string>()),
        _ => null,
    };

    private static string Entries(int count) => $"has {(count == 1 ? "1 entry" : $"{count:N0} entries")}";

    private static (string, string)? Range(RangeAttribute range, double value)
    {
        var low = Convert.ToDouble(range.Minimum, CultureInfo.InvariantCulture);
        var high = Convert.ToDouble(range.Maximum, CultureInfo.InvariantCulture);
        var isWithin = (range.MinimumIsExclusive ? value > low : value >= low) && value <= high;
        return isWithin ? null : ($"is {value.ToString(CultureInfo.InvariantCulture)}", string.Create(CultureInfo.InvariantCulture, $"{(range.MinimumIsExclusive ? "above" : "at least")} {low} and at most {high}"));
    }

    /// <summary>The whole text has the form: in .NET, unlike in a JSON schema, <c>$</c> also matches before a last line feed.</summary>
    private static (string, string)? Form(RegularExpressionAttribute form, string text) =>
        Regex.Match(text, form.Pattern) is { Success: true, Index: 0 } match && match.Length == text.Length ? null : ($"is {Shown.Name(text)}", $"text of the form {form.Pattern}");
}
