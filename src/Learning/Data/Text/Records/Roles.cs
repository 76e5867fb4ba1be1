namespace Ptune.Learning.Data.Text.Records;

/// <summary>Who speaks in a conversation, in the words of chat templates.</summary>
internal static class Roles
{
    public const string System = "system";
    public const string User = "user";
    public const string Assistant = "assistant";

    public static IReadOnlyList<string> All { get; } = [System, User, Assistant];
}
