using System.Text.Json;
using Ptune.Contracts.Specs;

namespace Ptune.Silo.Admission.Texts;

/// <summary>A record of JSON Lines: that it is an object, and has the fields of its format with values of their types.</summary>
internal sealed class RecordCheck(TextDatasetSpec dataset)
{
    // As many as the workers read.
    private const int Levels = 64;

    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false, MaxDepth = Levels };

    private readonly RecordFields _fields = new(dataset);
    private bool? _hasNames;

    /// <returns>Null for a record that may be right.</returns>
    public TextFault? Check(ReadOnlyMemory<byte> line, long number)
    {
        try
        {
            using var json = JsonDocument.Parse(line, Options);
            var record = json.RootElement;
            if (record.ValueKind != JsonValueKind.Object) return new(number, $"The line is {JsonWords.Kind(record)}, and each line must be an object.", "Write one object a line.");
            return (_fields.Wanted ?? []).Select(field => Field(record, field, number)).FirstOrDefault(fault => fault is not null) ?? Whole(record, number);
        }
        catch (JsonException error)
        {
            return Unreadable(line.Span, number, error);
        }
        catch (InvalidOperationException)
        {
            return new(number, "A text has half of a surrogate pair (\\ud800 to \\udfff by itself), which is not a character.", "Write the whole character.");
        }
    }

    private TextFault? Field(JsonElement record, string field, long number)
    {
        var name = _fields.Name(field);
        if (!record.TryGetProperty(name, out var value))
            return new(number, $"There is no field '{name}'. The record has: {JsonWords.Names(record)}.", $"Add it, or say what it is called here: fields: {{ {field}: NAME }}.");
        return field switch
        {
            "messages" => MessagesCheck.Check(value, _fields, dataset.DropEmpty == true, number),
            "choices" => ChoicesCheck.Check(value, name, number),
            "label" => IsNameOrNumber(value) ? null : Wrong(name, value, "a name or an index", number),
            "answer" => IsNameOrNumber(value) ? null : Wrong(name, value, "an index, a letter or the text of a choice", number),
            _ => value.ValueKind != JsonValueKind.String ? Wrong(name, value, "text", number)
                : string.IsNullOrWhiteSpace(value.GetString()) && field != "prompt" && dataset.DropEmpty != true
                    ? new(number, $"'{name}' is empty, so there is nothing to train.", "Remove the record, or write 'dropEmpty: true'.")
                : null,
        };
    }

    /// <summary>What must hold between fields.</summary>
    private TextFault? Whole(JsonElement record, long number)
    {
        if (_fields.Wanted is null) return null;
        switch (dataset.Format)
        {
            case TextFormat.Preference:
                var (chosen, rejected) = (_fields.Name("chosen"), _fields.Name("rejected"));
                return record.GetProperty(chosen).ValueEquals(record.GetProperty(rejected).GetString())
                    ? new(number, $"'{chosen}' and '{rejected}' are the same, so nothing is preferred.", "Remove the record.") : null;
            case TextFormat.TextLabel:
                return Label(record.GetProperty(_fields.Name("label")), number);
            case TextFormat.MultipleChoice:
                return ChoicesCheck.Answer(record.GetProperty(_fields.Name("answer")), record.GetProperty(_fields.Name("choices")), _fields.Name("answer"), number);
            default:
                return null;
        }
    }

    private TextFault? Label(JsonElement label, long number)
    {
        var isName = label.ValueKind == JsonValueKind.String;
        if (isName != (_hasNames ??= isName))
            return new(number, $"'{_fields.Name("label")}' is {JsonWords.Kind(label)}, but the records before have {(isName ? "indexes" : "names")}.", "Use one of the two.");
        if (!isName && label.GetInt64() < 0) return new(number, $"The label {label.GetInt64()} is negative.", "Count the labels from 0.");
        return dataset.Labels is not { } labels ? null : isName ? Named(label.GetString()!, labels, number) : Numbered(label.GetInt64(), labels, number);
    }

    private static TextFault? Named(string label, string[] labels, long number) =>
        labels.Contains(label, StringComparer.Ordinal) ? null : new(number, $"The label '{label}' is not one of the {labels.Length} declared ones.", "Declare it under 'labels', or correct the record.");

    private static TextFault? Numbered(long label, string[] labels, long number) =>
        label < labels.Length ? null : new(number, $"The label {label} is out of range: there are {labels.Length} labels (0 to {labels.Length - 1}).", "Declare it under 'labels', or correct the record.");

    private static bool IsNameOrNumber(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() is not null : value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _);

    private static TextFault Wrong(string name, JsonElement value, string wanted, long number) =>
        new(number, $"'{name}' must be {wanted}, but is {JsonWords.Kind(value)}.", "Correct the record, or name another field under 'fields'.");

    private static TextFault Unreadable(ReadOnlySpan<byte> line, long number, JsonException error)
    {
        if (number == 1 && line.TrimStart(" \t"u8).StartsWith("["u8)) return new(number, "The file is a JSON array, and JSON Lines has one object a line.", "Convert it: jq -c '.[]' FILE.");
        if (line.StartsWith((byte[])[0xef, 0xbb, 0xbf])) return new(number, "There is a byte order mark in the middle of the file.", "Remove it; two files were probably joined.");
        if (error.Message.StartsWith("Duplicate property", StringComparison.Ordinal))
            return new(number, $"{error.Message.Replace(" encountered during deserialization.", "", StringComparison.Ordinal)}: readers differ in which of the two values they take.", "Keep one of them.");
        var end = error.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return new(number, $"Not valid JSON at byte {error.BytePositionInLine ?? 0} of the line: {(end < 0 ? error.Message : error.Message[..end])}", "Write one whole JSON object a line.");
    }
}
