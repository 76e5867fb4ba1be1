using System.Text.RegularExpressions;

namespace Ptune.Kubernetes.Tests.Rendered;

/// <summary>What docs/kubernetes.md promises, read from its tables: the settings and the Secrets that a user makes.</summary>
internal static partial class Guide
{
    private static readonly string Text = Repository.Read("docs", "kubernetes.md");

    /// <summary>Names of the settings: the rows that begin with one.</summary>
    public static IReadOnlySet<string> Settings { get; } =
        Setting().Matches(Text).Select(match => match.Groups["name"].Value).ToHashSet(StringComparer.Ordinal);

    /// <summary>Secrets that the user makes, each with one key.</summary>
    public static IReadOnlySet<(string Name, string Key)> Secrets { get; } =
        Secret().Matches(Text).Select(match => (match.Groups["name"].Value, match.Groups["key"].Value)).ToHashSet();

    [GeneratedRegex(@"^\| `(?<name>PTUNE_\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex Setting();

    [GeneratedRegex(@"^\| Secret `(?<name>[a-z-]+)` \| `(?<key>\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex Secret();
}
