using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Ptune.Contracts.Specs;

/// <summary>A single value in a sweep: a number, a word, or true or false.</summary>
/// <param name="Json">The value in JSON; one text for one value.</param>
[JsonConverter(typeof(SweepValueConverter))]
[GenerateSerializer, Alias("ptune.SweepValue")]
public readonly record struct SweepValue(string Json)
{
    /// <summary>The number, or null when it is none.</summary>
    [JsonIgnore]
    public double? Number => double.TryParse(Json, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>-0 is 0: both are the same work.</summary>
    public static SweepValue Of(double number) => new((number == 0 ? 0 : number).ToString("R", CultureInfo.InvariantCulture));

    public static SweepValue Of(long number) => new(number.ToString(CultureInfo.InvariantCulture));

    public static SweepValue Of(string word) => new(JsonSerializer.Serialize(word));

    public static SweepValue Of(bool value) => new(value ? "true" : "false");

    /// <summary>What a plain text in YAML means; null when it means nothing.</summary>
    public static SweepValue? Parse(string text) => text switch
    {
        "" or "~" or "null" => null,
        "true" or "false" => Of(text == "true"),
        _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => Of(whole),
        _ when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => double.IsFinite(number) ? Of(number) : null,
        _ => Of(text),
    };

    public JsonNode ToNode() => JsonNode.Parse(Json)!;

    /// <summary>As people write it: a word without quotes.</summary>
    public override string ToString() => Json is ['"', ..] ? ToNode().GetValue<string>() : Json ?? "";
}
