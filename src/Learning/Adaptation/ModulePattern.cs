using System.Text.RegularExpressions;

namespace Ptune.Learning.Adaptation;

/// <summary>
/// Which modules a word of PEFT's configuration means. A regular expression comes from a stranger: it runs in an engine that takes linear time
/// whatever it says, and what that engine does not know is refused.
/// </summary>
internal sealed class ModulePattern
{
    private const RegexOptions _options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    /// <summary>Names of modules are short; what is longer is no pattern for them, and every state of it takes memory.</summary>
    private const int _longest = 2_000;

    private readonly Func<string, bool> _matches;

    private ModulePattern(Func<string, bool> matches, string shown) => (_matches, Shown) = (matches, shown);

    /// <summary>As the configuration has it.</summary>
    public string Shown { get; }

    /// <summary>Whether one of a module's names is meant.</summary>
    public bool Matches(IEnumerable<string> names) => names.Any(_matches);

    /// <summary>A list: a module's whole name, or its end from a dot on.</summary>
    public static ModulePattern Ends(IReadOnlyList<string> ends) =>
        new(name => ends.Any(end => name == end || name.EndsWith($".{end}", StringComparison.Ordinal)), $"[{string.Join(", ", ends)}]");

    /// <summary>A list of <c>modules_to_save</c>: any end of a module's name.</summary>
    public static ModulePattern PlainEnds(IReadOnlyList<string> ends) =>
        new(name => ends.Any(end => name.EndsWith(end, StringComparison.Ordinal)), $"[{string.Join(", ", ends)}]");

    /// <summary>A text: one regular expression for the whole name.</summary>
    /// <param name="word">The configuration's word, for a refusal.</param>
    /// <exception cref="AdapterRefusedException">It is none, or needs an engine that backtracks.</exception>
    public static ModulePattern Whole(string word, string expression) => new(Compile(word, expression, "").IsMatch, expression);

    /// <summary>A key of <c>rank_pattern</c> or <c>alpha_pattern</c>: a regular expression for the end of a name, from a dot on.</summary>
    /// <inheritdoc cref="Whole"/>
    public static ModulePattern End(string word, string expression) => new(Compile(word, expression, @"(?:.*\.)?").IsMatch, expression);

    private static Regex Compile(string word, string expression, string before)
    {
        if (expression.Length > _longest) throw new AdapterRefusedException($"{word}: the regular expression has {expression.Length} characters; at most {_longest} are read.");
        try
        {
            // By itself first: an unbalanced bracket must not be closed by ours.
            _ = new Regex(expression, _options);
            return new Regex($"^{before}(?:{expression})$", _options);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            throw new AdapterRefusedException($"{word}: '{expression}' is not a regular expression that can be used here: {error.Message}", error);
        }
    }
}
