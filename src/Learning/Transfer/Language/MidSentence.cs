namespace Ptune.Learning.Transfer.Language;

/// <summary>What is named by words ("The reward", "Reward 2") begins sentences, and stands inside them, too. A user's names stay as they are.</summary>
internal static class MidSentence
{
    public static string Of(string name) =>
        name.StartsWith("The ", StringComparison.Ordinal) || name.StartsWith("Reward ", StringComparison.Ordinal) ? char.ToLowerInvariant(name[0]) + name[1..] : name;
}
