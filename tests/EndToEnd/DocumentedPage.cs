using System.Text.RegularExpressions;

namespace Ptune.EndToEnd.Tests;

/// <summary>A page of the documentation, as a reader who follows it sees it: commands (indented lines that begin with <c>./ptune</c>), and files (the block after a paragraph that ends with a file's name and a colon).</summary>
internal sealed partial class DocumentedPage
{
    private const string Program = "./ptune ";

    private readonly Dictionary<string, string> _files = [];
    private readonly List<string[]> _commands = [];

    /// <param name="text">The page.</param>
    /// <param name="end">The heading at which to stop.</param>
    public DocumentedPage(string text, string end)
    {
        string? file = null;
        foreach (var block in Blocks(text[..text.IndexOf($"## {end}", StringComparison.Ordinal)]))
        {
            if (file is not null) _files.Add(file, block);
            else _commands.AddRange(block.Split('\n').Where(line => line.StartsWith(Program, StringComparison.Ordinal)).Select(Words));
            file = FileAhead().Match(block) is { Success: true } match ? match.Groups[1].Value : null;
        }
    }

    /// <summary>The commands' arguments, in their order.</summary>
    public IReadOnlyList<string[]> Commands => _commands;

    /// <summary>Contents by the names of the files.</summary>
    public IReadOnlyDictionary<string, string> Files => _files;

    // Paragraphs as they are; code without its fence or indentation.
    private static IEnumerable<string> Blocks(string text)
    {
        foreach (Match block in Block().Matches(text))
        {
            if (block.Groups["fenced"].Success) yield return block.Groups["fenced"].Value;
            else if (block.Groups["indented"].Success) yield return string.Concat(block.Value.Split('\n').Where(line => line.Length > 0).Select(line => line[4..] + "\n"));
            else yield return block.Value.TrimEnd();
        }
    }

    private static string[] Words(string line) => [.. Word().Matches(line[Program.Length..].Split(" #")[0]).Select(word => word.Groups["quoted"] is { Success: true } quoted ? quoted.Value : word.Value)];

    [GeneratedRegex(@"^```\w*\n(?<fenced>(?:.*\n)*?)```$|(?<indented>(?:^ {4}.*\n)+)|(?:^(?! {4}|```).+\n)+", RegexOptions.Multiline)]
    private static partial Regex Block();

    [GeneratedRegex(@"`([\w./-]+)`:$")]
    private static partial Regex FileAhead();

    [GeneratedRegex("""\"(?<quoted>[^\"]*)\"|\S+""")]
    private static partial Regex Word();
}
