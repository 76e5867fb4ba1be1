using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Ptune.Contracts.Specs.Reading;

namespace Ptune.Cli.CommandLine;

/// <summary>What is wrong with the words on the command line, and the word that was probably meant.</summary>
internal static class UsageErrors
{
    public static IReadOnlyList<UsageError> Find(ParseResult parsed)
    {
        var unknown = Unknown(parsed).ToList();
        if (unknown.Count > 0) return unknown;
        return [.. parsed.Errors.Select(e => Describe(e, parsed)).Concat(NotFinite(parsed)).DistinctBy(e => e.Message)];
    }

    /// <summary>The command as it is typed: <c>ptune artifacts get</c>.</summary>
    public static string Path(Command command) => command is RootCommand
        ? "ptune"
        : $"{Path(command.Parents.OfType<Command>().First())} {command.Name}";

    private static IEnumerable<UsageError> Unknown(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var words = parsed.UnmatchedTokens;
        // An unknown option is parsed as an argument if the command has one.
        var taken = parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(a => a.Tokens).Select(t => t.Value);
        var options = taken.Concat(words).Where(w => w.StartsWith('-') && w.Length > 1).ToList();
        foreach (var option in options)
        {
            var near = Nearest.Of(option.Split('=')[0], Options(command));
            yield return new UsageError($"{Path(command)} has no option '{option}'.", near is null ? null : $"Did you mean '{near}'?");
        }
        // What follows an unknown option is its value, and what follows an unknown command belongs to that.
        if (options.Count > 0 || words.Count == 0) yield break;
        if (command.Subcommands.Count > 0 && command.Arguments.Count == 0)
        {
            var near = Nearest.Of(words[0], command.Subcommands.SelectMany(c => new[] { c.Name }.Concat(c.Aliases)));
            yield return new UsageError($"{Path(command)} has no command '{words[0]}'.", near is null ? null : $"Did you mean '{near}'?");
            yield break;
        }
        yield return new UsageError($"{Path(command)} takes no argument '{words[0]}'.", null);
    }

    private static UsageError Describe(ParseError error, ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        return error.SymbolResult switch
        {
            CommandResult when command.Subcommands.Count > 0 && command.Arguments.Count == 0 =>
                new UsageError($"{Path(command)} needs a command.", $"One of: {string.Join(", ", command.Subcommands.Select(c => c.Name))}."),
            ArgumentResult { Tokens.Count: 0, Argument: { } argument } when argument.Arity.MinimumNumberOfValues > 0 && command.Arguments.Contains(argument) =>
                new UsageError($"{Path(command)} needs {argument.HelpName ?? argument.Name}: {Lower(argument.Description)}", null),
            OptionResult { Option: { } option, Tokens.Count: 0 } =>
                new UsageError($"{option.Name} needs a value ({option.HelpName ?? "VALUE"}).", null),
            _ => Value(error) ?? new UsageError(error.Message, null),
        };
    }

    /// <summary>What is wrong with an option's value; null: it is another error.</summary>
    private static UsageError? Value(ParseError error) => (error.SymbolResult as OptionResult ?? error.SymbolResult?.Parent as OptionResult) is not { Option: { } option, Tokens: [var token, ..] } ? null
        : WordsOf(error) is { Length: > 0 } words ? OtherWord(option, token.Value, words)
        : Expected(option, token.Value) is { } expected ? new UsageError($"{option.Name} is '{token.Value}'; it must be {expected}.", null)
        : null;

    /// <summary>What an option's value has to be; null: it is that.</summary>
    private static string? Expected(Option option, string text)
    {
        var type = Nullable.GetUnderlyingType(option.ValueType) ?? option.ValueType;
        if ((type == typeof(int) || type == typeof(long)) && !long.TryParse(text, CultureInfo.InvariantCulture, out _)) return "a whole number";
        if (type == typeof(int) && !int.TryParse(text, CultureInfo.InvariantCulture, out _)) return $"a whole number from {int.MinValue:N0} to {int.MaxValue:N0}";
        return type == typeof(double) && !double.TryParse(text, CultureInfo.InvariantCulture, out _) ? "a number" : null;
    }

    /// <summary>NaN and infinities are numbers for the library, and for no option.</summary>
    private static IEnumerable<UsageError> NotFinite(ParseResult parsed) =>
        from option in parsed.CommandResult.Children.OfType<OptionResult>()
        where (Nullable.GetUnderlyingType(option.Option.ValueType) ?? option.Option.ValueType) == typeof(double)
        from token in option.Tokens
        where double.TryParse(token.Value, CultureInfo.InvariantCulture, out var number) && !double.IsFinite(number)
        select new UsageError($"{option.Option.Name} is '{token.Value}'; it must be a finite number.", null);

    private static UsageError OtherWord(Option option, string text, string[] words) => new(
        $"'{text}' is not a value of {option.Name}: write {string.Join(", ", words[..^1])} or {words[^1]}.", Nearest.Of(text, words) is { } near ? $"Did you mean '{near}'?" : null);

    /// <summary>The words that an option takes: the library lists them, each in a line of its own and in quotes. Empty: the error is another one.</summary>
    private static string[] WordsOf(ParseError error) => [.. error.Message.Split("\n\t").Skip(1).Select(word => word.Trim().Trim('\''))];

    private static IEnumerable<string> Options(Command command)
    {
        var own = command.Options.Where(o => !o.Hidden);
        var inherited = command.Parents.OfType<Command>().SelectMany(Ancestors).SelectMany(c => c.Options).Where(o => o.Recursive);
        return own.Concat(inherited).SelectMany(o => new[] { o.Name }.Concat(o.Aliases)).Where(n => !n.StartsWith('/') && n != "-?");
    }

    private static IEnumerable<Command> Ancestors(Command command) => command.Parents.OfType<Command>().SelectMany(Ancestors).Prepend(command);

    private static string Lower(string? description) => description is { Length: > 0 } ? char.ToLowerInvariant(description[0]) + description[1..] : "";
}
