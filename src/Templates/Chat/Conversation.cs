using System.Text.Json;
using Ptune.Templates.Texts;
using Ptune.Templates.Values;

namespace Ptune.Templates.Chat;

/// <summary>What a chat template is given, prepared as transformers prepares it.</summary>
public sealed class Conversation
{
    private static readonly string[] _reasoningNames = ["reasoning_content", "thinking", "reasoning"];

    private readonly List<MapValue> _messages;
    private readonly object? _tools;
    private readonly object? _documents;
    private readonly IReadOnlyList<KeyValuePair<string, object?>> _variables;

    private Conversation(List<MapValue> messages, object? tools, object? documents, IReadOnlyList<KeyValuePair<string, object?>> variables)
    {
        _messages = messages;
        _tools = tools;
        _documents = documents;
        _variables = variables;
    }

    /// <summary>The template writes the header of an answer at the end.</summary>
    public bool AddGenerationPrompt { get; private init; }

    /// <summary>The last message is to be gone on with: the text ends where it ends.</summary>
    public bool ContinueFinalMessage { get; private init; }

    /// <summary>The number of messages.</summary>
    public int Count => _messages.Count;

    /// <param name="json">
    /// An object with <c>messages</c> and, where wanted, <c>tools</c>, <c>documents</c>, <c>add_generation_prompt</c>, <c>continue_final_message</c> and
    /// <c>kwargs</c>, the template's further variables.
    /// </param>
    /// <exception cref="TemplateException">It is no conversation; the message says what is wrong where.</exception>
    public static Conversation Parse(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object) throw Wrong("a conversation is an object with 'messages'.");
        if (!json.TryGetProperty("messages", out var messages) || messages.ValueKind != JsonValueKind.Array) throw Wrong("'messages' is missing or no list.");
        if (messages.GetArrayLength() == 0) throw Wrong("'messages' is empty: there is nothing to render.");
        var (add, goOn) = (Flag(json, "add_generation_prompt"), Flag(json, "continue_final_message"));
        if (add && goOn) throw Wrong("'add_generation_prompt' and 'continue_final_message' exclude each other.");
        return new Conversation([.. messages.EnumerateArray().Select(Message)], List(json, "tools"), List(json, "documents"), Variables(json))
        {
            AddGenerationPrompt = add,
            ContinueFinalMessage = goOn,
        };
    }

    /// <summary>The first messages only, with or without the header of the next answer: what the loss of a turn is measured against.</summary>
    /// <param name="count">So many messages.</param>
    /// <param name="addGenerationPrompt">With the header.</param>
    public Conversation Until(int count, bool addGenerationPrompt) => new([.. _messages.Take(count)], _tools, _documents, _variables) { AddGenerationPrompt = addGenerationPrompt };

    /// <summary>Who speaks in a message; null where its role is no text.</summary>
    public string? RoleOf(int index) => _messages[index].TryGet(new Text("role"), out var role) && role is Text text ? text.Value : null;

    internal IEnumerable<KeyValuePair<string, object?>> Names(Text? tag)
    {
        yield return new("messages", new ListValue(tag is null ? _messages : [.. _messages.SkipLast(1), Continued(_messages[^1], tag)]));
        yield return new("tools", _tools);
        yield return new("documents", _documents);
        yield return new("add_generation_prompt", AddGenerationPrompt);
        foreach (var variable in _variables) yield return variable;
    }

    /// <summary>The text of the last message, which is to be gone on with.</summary>
    /// <exception cref="TemplateException">It has none.</exception>
    internal Text Final()
    {
        if (!_messages[^1].TryGet(new Text("content"), out var content)) throw Wrong("'continue_final_message' needs a last message with content.");
        if (content is ListValue parts && LastText(parts) is { } at && ((MapValue)parts.Items[at]!).TryGet(new Text("text"), out var part)) content = part;
        return content as Text ?? throw Wrong("'continue_final_message' needs a last message whose content is a text.");
    }

    private static MapValue Continued(MapValue message, Text tag)
    {
        var continued = new MapValue();
        foreach (var (key, value) in message.Entries)
            continued.Set(key, key is Text { Value: "content" } ? Appended(value, tag) : value);
        return continued;
    }

    private static object Appended(object? content, Text tag)
    {
        if (content is Text text) return new TextBuilder().Append(text).Append(tag).ToText();
        var parts = (ListValue)content!;
        var at = LastText(parts)!.Value;
        var part = new MapValue();
        foreach (var (key, value) in ((MapValue)parts.Items[at]!).Entries) part.Set(key, key is Text { Value: "text" } ? Appended(value, tag) : value);
        return new ListValue([.. parts.Items.Take(at), part, .. parts.Items.Skip(at + 1)]);
    }

    private static int? LastText(ListValue parts)
    {
        for (var i = parts.Items.Count - 1; i >= 0; i--)
            if (parts.Items[i] is MapValue part && part.TryGet(new Text("text"), out var text) && text is Text) return i;
        return null;
    }

    // Keys without a value go, and the names of a thought stand for each other.
    private static MapValue Message(JsonElement json)
    {
        if (JsonValues.Of(json, isData: true) is not MapValue given) throw Wrong("each message is an object with 'role' and 'content'.");
        var message = new MapValue();
        foreach (var (key, value) in given.Entries)
            if (value is not null) message.Set(key, value);
        var thought = _reasoningNames.Select(name => message.TryGet(new Text(name), out var value) ? value : null).FirstOrDefault(value => value is not null);
        foreach (var name in _reasoningNames.Take(2))
            if (thought is not null && !message.TryGet(new Text(name), out _)) message.Set(new Text(name), thought);
        return message;
    }

    private static object? List(JsonElement json, string name)
    {
        if (!json.TryGetProperty(name, out var list) || list.ValueKind == JsonValueKind.Null) return null;
        return list.ValueKind == JsonValueKind.Array ? JsonValues.Of(list, isData: true) : throw Wrong($"'{name}' is not a list.");
    }

    private static bool Flag(JsonElement json, string name) => json.TryGetProperty(name, out var flag) && flag.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False or JsonValueKind.Null => false,
        _ => throw Wrong($"'{name}' is neither true nor false."),
    };

    private static List<KeyValuePair<string, object?>> Variables(JsonElement json)
    {
        if (!json.TryGetProperty("kwargs", out var variables) || variables.ValueKind == JsonValueKind.Null) return [];
        if (variables.ValueKind != JsonValueKind.Object) throw Wrong("'kwargs' is not an object.");
        return [.. variables.EnumerateObject().Select(v => new KeyValuePair<string, object?>(v.Name, JsonValues.Of(v.Value, isData: false)))];
    }

    private static TemplateException Wrong(string message) => TemplateException.Type(message);
}
