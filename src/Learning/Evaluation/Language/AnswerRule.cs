using System.Text.RegularExpressions;

namespace Ptune.Learning.Evaluation.Language;

/// <summary>How a generated text is compared with the right answer.</summary>
/// <param name="Name">As a spec has it.</param>
/// <param name="Extract">Finds the answer in a generated text.</param>
/// <param name="Normalize">What does not count is taken away, of both.</param>
internal sealed partial record AnswerRule(string Name, Func<string, string> Extract, Func<string, string> Normalize)
{
    /// <summary>Stands for an answer where none was found.</summary>
    public const string Nothing = "[invalid]";

    /// <summary>Letter for letter, but for white space at both ends.</summary>
    public static AnswerRule Exact { get; } = new("exact", text => text, text => text.Trim());

    /// <summary>The number behind the first "####" (GSM8K, arXiv 2110.14168; the harness's strict-match).</summary>
    public static AnswerRule Gsm8kStrict { get; } = new("gsm8k-strict", text => Marked().Match(text) is { Success: true } match ? match.Groups[1].Value.Trim() : Nothing, WithoutMarks);

    /// <summary>The last number (the harness's flexible-extract).</summary>
    public static AnswerRule Gsm8kFlexible { get; } = new("gsm8k-flexible", text => Number().Matches(text) is { Count: > 0 } matches ? matches[^1].Value.Trim() : Nothing, WithoutMarks);

    private static readonly AnswerRule[] _all = [Exact, Gsm8kStrict, Gsm8kFlexible];

    /// <exception cref="LearningException">There is no rule of that name.</exception>
    public static AnswerRule Of(string name) => _all.FirstOrDefault(rule => rule.Name == name)
        ?? throw new LearningException($"There is no rule '{name}' for comparing answers. Known: {string.Join(", ", _all.Select(rule => rule.Name))}.");

    public bool IsRight(string generated, string reference) => Normalize(Extract(generated)) == Normalize(reference);

    private static string WithoutMarks(string text) =>
        LastStop().Replace(UpToMark().Replace(text.Replace(",", "", StringComparison.Ordinal).Replace("$", "", StringComparison.Ordinal), ""), "").ToLowerInvariant();

    [GeneratedRegex(@"#### (-?[0-9.,]+)", RegexOptions.CultureInvariant)]
    private static partial Regex Marked();

    [GeneratedRegex(@"-?[$0-9.,]{2,}|-?[0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    [GeneratedRegex(@".*#### ", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex UpToMark();

    [GeneratedRegex(@"\.$", RegexOptions.CultureInvariant)]
    private static partial Regex LastStop();
}
