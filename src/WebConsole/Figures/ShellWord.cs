using System.Text.RegularExpressions;

namespace Ptune.WebConsole.Figures;

/// <summary>A word of a command that is shown to be copied.</summary>
public static partial class ShellWord
{
    /// <summary>In quotes, so that a shell takes it as it is.</summary>
    public static string Quoted(string word) => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <summary>A command's options, and what is between them: a line that breaks after an option's first hyphen reads as something else.</summary>
    public static IEnumerable<(string Text, bool IsOption)> Options(string command) =>
        from part in Option().Split(command) where part.Length > 0 select (part, part.StartsWith("--", StringComparison.Ordinal));

    [GeneratedRegex(@"(?<=\s)(--\S+)")]
    private static partial Regex Option();
}
