using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Ptune.Contracts.Specs.Reading;

/// <summary>What the attributes on a spec's members ask of a value.</summary>
internal static class ValueRules
{
    public static (bool Ok, string Expected) Check(ValidationAttribute rule, JsonNode value) => rule switch
    {
        RangeAttribute range when value is JsonValue number => Range(range, double.Parse(number.ToJsonString(), CultureInfo.InvariantCulture)),
        MinLengthAttribute length when value is JsonArray items => (items.Count >= length.Length, $"a list of at least {length.Length}"),
        RegularExpressionAttribute form when value is JsonValue text => (Regex.IsMatch(text.GetValue<string>(), form.Pattern), $"text of the form {form.Pattern}"),
        _ => (true, ""),
    };

    private static (bool, string) Range(RangeAttribute range, double value)
    {
        var low = Convert.ToDouble(range.Minimum, CultureInfo.InvariantCulture);
        var high = Convert.ToDouble(range.Maximum, CultureInfo.InvariantCulture);
        var ok = (range.MinimumIsExclusive ? value > low : value >= low) && value <= high;
        return (ok, $"{(range.MinimumIsExclusive ? "above" : "at least")} {low} and at most {high}");
    }
}
