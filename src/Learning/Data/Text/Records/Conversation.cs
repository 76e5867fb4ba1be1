namespace Ptune.Learning.Data.Text.Records;

/// <summary>Turns of which at least one is the assistant's.</summary>
internal sealed record Conversation(IReadOnlyList<Message> Messages) : TextRecord
{
    public override IEnumerable<string> Content => Messages.SelectMany(message => new[] { message.Role, message.Content });

    public override string? EmptyField =>
        Messages.Any(message => message.Role == Roles.Assistant && string.IsNullOrWhiteSpace(message.Content)) ? "assistant" : null;

    /// <summary>The last question has no answer; the earlier answers are trained.</summary>
    public bool EndsWithoutAnswer => Messages[^1].Role != Roles.Assistant;
}
