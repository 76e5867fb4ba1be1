using Ptune.Learning.Data.Text.Reading;
using Ptune.Learning.Data.Text.Records;

namespace Ptune.Learning.Data.Text.Forms;

/// <param name="names">The field map: role, content, and the roles under the file's names.</param>
internal sealed class MessagesForm(IReadOnlyDictionary<string, string> names) : TextForm
{
    private const string _role = "role";
    private const string _content = "content";

    private readonly string _roleName = names.GetValueOrDefault(_role, _role);
    private readonly string _contentName = names.GetValueOrDefault(_content, _content);
    private readonly Dictionary<string, string> _roles = Roles.All.ToDictionary(role => names.GetValueOrDefault(role, role), role => role, StringComparer.Ordinal);

    public override IReadOnlyList<string> Fields => ["messages"];

    public override IReadOnlyList<string> InnerNames => [_role, _content, .. Roles.All];

    public override TextRecord Read(FormRow row)
    {
        string field = row.NameOf("messages");
        if (row["messages"].Items is not { } items)
            throw row.Place.Error($"'{field}' must be a list of messages, but is {row["messages"].Kind}.{(row["messages"].Text is null ? "" : " Is it JSON inside JSON?")}");
        if (items.Count == 0) throw row.Place.Error($"'{field}' is an empty list.");
        var messages = items.Select((item, index) => Message(row.Place, item, index + 1)).ToList();
        if (messages.FindIndex(1, message => message.Role == Roles.System) is var at and > 0)
            throw row.Place.Error($"message {at + 1} is a system prompt. Only the first one may be: templates differ in what they do with others.");
        if (messages.All(message => message.Role != Roles.Assistant)) throw row.Place.Error($"'{field}' has no message of the assistant, so there is no answer to train.");
        return new Conversation(messages) { Place = row.Place };
    }

    private Message Message(RecordPlace place, DataValue item, int number)
    {
        if (item.Fields is not { } fields) throw place.Error($"message {number} must be an object, but is {item.Kind}.");
        // Tool calls and the like would be lost without a word.
        var unknown = fields.Where(field => field.Key != _roleName && field.Key != _contentName && !field.Value.IsNull).Select(field => field.Key).ToList();
        if (unknown.Count > 0 && !fields.ContainsKey(_roleName)) throw place.Error($"message {number} has {string.Join(", ", unknown)}, not '{_roleName}' and '{_contentName}'.{OlderWords(fields)}");
        string role = Text(place, fields, _roleName, number);
        string content = Text(place, fields, _contentName, number);
        if (unknown.Count > 0) throw place.Error($"message {number} has {string.Join(", ", unknown)}, which is not read. Remove it, or put what it says into '{_contentName}'.");
        return _roles.TryGetValue(role, out string? known)
            ? new Message(known, content)
            : throw place.Error($"message {number} has the role '{role}'. Known: {string.Join(", ", _roles.Keys)}.");
    }

    private static string OlderWords(IReadOnlyDictionary<string, DataValue> fields) =>
        fields.ContainsKey("from") && fields.ContainsKey("value") ? " To read it: fields: { role: from, content: value, user: human, assistant: gpt }" : "";

    private static string Text(RecordPlace place, IReadOnlyDictionary<string, DataValue> fields, string name, int number) =>
        !fields.TryGetValue(name, out var value) ? throw place.Error($"message {number} has no '{name}'.")
        : value.Text ?? throw place.Error($"'{name}' of message {number} must be text, but is {value.Kind}.");
}
