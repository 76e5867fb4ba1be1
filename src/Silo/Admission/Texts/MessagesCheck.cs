using System.Text.Json;

namespace Ptune.Silo.Admission.Texts;

/// <summary>A conversation: messages with a role and a content, at least one of the assistant.</summary>
internal static class MessagesCheck
{
    private const string Fix = "Correct the record.";

    public static TextFault? Check(JsonElement value, RecordFields fields, bool dropEmpty, long number)
    {
        var name = fields.Name("messages");
        if (value.ValueKind != JsonValueKind.Array)
            return new(number, $"'{name}' must be a list of messages, but is {JsonWords.Kind(value)}.{(value.ValueKind == JsonValueKind.String ? " It may be JSON inside JSON." : "")}", Fix);
        if (value.GetArrayLength() == 0) return new(number, $"'{name}' is an empty list.", Fix);
        var place = 0;
        var isAnswered = false;
        foreach (var message in value.EnumerateArray())
        {
            place++;
            if (Message(message, fields, place, number) is { } fault) return fault;
            var role = message.GetProperty(fields.Name("role")).GetString();
            if (place > 1 && role == fields.Name("system")) return new(number, $"Message {place} is a system prompt, and only the first one may be.", Fix);
            if (role != fields.Name("assistant")) continue;
            isAnswered = true;
            if (!dropEmpty && string.IsNullOrWhiteSpace(message.GetProperty(fields.Name("content")).GetString()))
                return new(number, $"Message {place}, of the assistant ('{role}'), is empty, so there is nothing to train.", "Remove the record, or write 'dropEmpty: true'.");
        }
        return isAnswered ? null : new(number, $"'{name}' has no message of the assistant, so there is no answer to train.", "Remove the record.");
    }

    private static TextFault? Message(JsonElement message, RecordFields fields, int place, long number)
    {
        if (message.ValueKind != JsonValueKind.Object) return new(number, $"Message {place} must be an object, but is {JsonWords.Kind(message)}.", Fix);
        var (roleName, contentName) = (fields.Name("role"), fields.Name("content"));
        if (!message.TryGetProperty(roleName, out var role))
            return new(number, $"Message {place} has no '{roleName}'. It has: {JsonWords.Names(message)}.", IsOlder(message) ? "Read it with fields: { role: from, content: value, user: human, assistant: gpt }." : Fix);
        if (role.ValueKind != JsonValueKind.String) return new(number, $"'{roleName}' of message {place} must be text, but is {JsonWords.Kind(role)}.", Fix);
        if (!message.TryGetProperty(contentName, out var content)) return new(number, $"Message {place} has no '{contentName}'. It has: {JsonWords.Names(message)}.", Fix);
        if (content.ValueKind != JsonValueKind.String) return new(number, $"'{contentName}' of message {place} must be text, but is {JsonWords.Kind(content)}.", Fix);
        // Tool calls and the like would be lost without a word.
        var others = message.EnumerateObject().Where(field => field.Value.ValueKind != JsonValueKind.Null && field.Name != roleName && field.Name != contentName).Select(field => field.Name).ToArray();
        if (others.Length > 0) return new(number, $"Message {place} has {string.Join(", ", others.Take(5))}, which is not read.", $"Remove it, or put what it says into '{contentName}'.");
        return fields.RoleNames.Contains(role.GetString()) ? null : new(number, $"Message {place} has the role '{role.GetString()}'. Known: {string.Join(", ", fields.RoleNames)}.", Fix);
    }

    private static bool IsOlder(JsonElement message) => message.TryGetProperty("from", out _) && message.TryGetProperty("value", out _);
}
