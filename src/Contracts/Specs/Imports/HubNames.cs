using System.Text.RegularExpressions;

namespace Ptune.Contracts.Specs;

/// <summary>What the Hugging Face hub and git accept as names; what passes is also safe as a path.</summary>
public static partial class HubNames
{
    /// <summary>Characters of an owner or a name.</summary>
    public const int LongestName = 96;

    private const int LongestRevision = 255;

    /// <summary>OWNER/NAME.</summary>
    public static bool IsRepository(string text) =>
        text.Split('/').All(name => name.Length <= LongestName) && RepositoryName().IsMatch(text) && !text.Contains("--", StringComparison.Ordinal)
        && !text.Contains("..", StringComparison.Ordinal) && !text.EndsWith(".git", StringComparison.Ordinal);

    /// <summary>A branch, a tag or a commit, by the rules of git (git check-ref-format).</summary>
    public static bool IsRevision(string text) =>
        text.Length <= LongestRevision && RevisionName().IsMatch(text)
        && text.Split('/').All(part => part.Length > 0 && part[0] != '.' && part[^1] != '.' && !part.EndsWith(".lock", StringComparison.Ordinal) && !part.Contains("..", StringComparison.Ordinal));

    /// <summary>A whole commit id, which never stands for anything else.</summary>
    public static bool IsCommit(string text) => Commit().IsMatch(text);

    [GeneratedRegex(@"^[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?/[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?\z")]
    private static partial Regex RepositoryName();

    [GeneratedRegex(@"^[^\x00-\x20\x7f~^:?*\[\\@-][^\x00-\x20\x7f~^:?*\[\\@]*\z")]
    private static partial Regex RevisionName();

    [GeneratedRegex(@"^[0-9a-f]{40}\z")]
    private static partial Regex Commit();
}
