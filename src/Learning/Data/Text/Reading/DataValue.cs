namespace Ptune.Learning.Data.Text.Reading;

/// <summary>A value of a record, whatever file it comes from. At most one of the members after <paramref name="Kind"/> is set.</summary>
/// <param name="Kind">What an error calls it: "text", "null", "a fraction", "int64 (a whole number)".</param>
internal sealed record DataValue(
    string Kind,
    string? Text = null,
    long? Whole = null,
    IReadOnlyList<DataValue>? Items = null,
    IReadOnlyDictionary<string, DataValue>? Fields = null)
{
    public static DataValue Null { get; } = new("null");

    public bool IsNull => ReferenceEquals(this, Null);

    public static DataValue Of(string text) => new("text", Text: text);

    public static DataValue Of(long number, string kind = "a whole number") => new(kind, Whole: number);

    public static DataValue Of(IReadOnlyList<DataValue> items) => new("a list", Items: items);

    public static DataValue Of(IReadOnlyDictionary<string, DataValue> fields) => new("an object", Fields: fields);
}
