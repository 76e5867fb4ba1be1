namespace Ptune.Learning.Data.Text.Records;

/// <summary>Who speaks in a conversation, in the words of chat templates.</summary>
internal static class Roles
{
    public const string System = "system";
    public const string User = "user";
    public const string Assistant = "assistant";

    /// <summary>What a tool that was called has answered.</summary>
    public const string Tool = "tool";

    public static IReadOnlyList<string> All { get; } = [System, User, Assistant, Tool];
}
