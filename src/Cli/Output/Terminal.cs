using System.Text.Json;
using Ptune.Contracts.Specs;
using Spectre.Console;

namespace Ptune.Cli.Output;

/// <summary>
/// The two streams: results go to stdout, everything else to stderr. A stream that is not a terminal gets plain text without escape codes and without
/// wrapping, whatever the environment claims (build servers are detected as coloured terminals otherwise).
/// </summary>
internal sealed class Terminal
{
    /// <summary>Wide enough that no table is wrapped when it is read by a program.</summary>
    internal const int UnwrappedWidth = 100_000;

    private static readonly bool Plain =
        Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 } || Environment.GetEnvironmentVariable("TERM") == "dumb";

    public Terminal()
    {
        Out = Create(Console.Out, Console.IsOutputRedirected, Console.IsOutputRedirected || Plain);
        // Bars need to move the cursor, also without colours.
        Error = Create(Console.Error, Console.IsErrorRedirected, !Bars);
    }

    public IAnsiConsole Out { get; }

    public IAnsiConsole Error { get; }

    /// <summary>Bars can be drawn on stderr.</summary>
    public bool Bars => !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb";

    /// <summary>There is a user who can be asked.</summary>
    public bool Asks => Bars && !Console.IsInputRedirected;

    /// <summary>Asks on stderr; the end of the input is no.</summary>
    /// <param name="question">What is asked.</param>
    /// <param name="cancellation">Stops waiting for the answer.</param>
    /// <param name="isYes">What Enter alone means.</param>
    public async Task<bool> ConfirmAsync(string question, CancellationToken cancellation, bool isYes = true)
    {
        Error.Write(isYes ? $"{Printable.Of(question)} [Y/n] " : $"{Printable.Of(question)} [y/N] ");
        // Reading from a terminal cannot be cancelled, so it gets a thread that may be left behind.
        var answer = await Task.Run(Console.In.ReadLine, CancellationToken.None).WaitAsync(cancellation);
        return answer?.Trim().ToLowerInvariant() is var word && (word is "y" or "yes" || (isYes && word is ""));
    }

    /// <summary>A line of result, as <see cref="Printable"/> shows it.</summary>
    public void Result(string line) => Console.Out.WriteLine(Printable.Of(line));

    /// <summary>JSON, or YAML that quotes as JSON does: control characters are escaped in it already, and what turns the direction of writing can be.</summary>
    public void Document(string text) => Console.Out.Write(text.Any(Printable.IsDirection) ? string.Concat(text.Select(c => Printable.IsDirection(c) ? Printable.Escape(c) : $"{c}")) : text);

    /// <summary>A line about what is going on.</summary>
    public void Note(string line) => Error.Write(new UnwrappedLine(Printable.Of(line)));

    /// <summary>Ids as a table shows them: short on a terminal, whole for programs and where that is asked for.</summary>
    public ShortIds Ids(OutputFormat format, IEnumerable<string> ids) => new(ids, whole: format == OutputFormat.Wide || Console.IsOutputRedirected);

    /// <summary>Tells that a listing is longer than what is shown.</summary>
    /// <param name="shown">The rows that are shown.</param>
    /// <param name="limit">The rows that were asked for.</param>
    /// <param name="total">The rows from the first of these on. Null: not known.</param>
    /// <param name="last">The last row that is shown.</param>
    public void NotePage(int shown, int limit, int? total, string last)
    {
        if (total is { } count ? shown >= count : shown < limit) return;
        Note($"{Words.Number(shown, "#,0")} of {(total is { } all ? Words.Number(all, "#,0") : "more")}. For the next ones, add --after {last}");
    }

    /// <summary>A value in the format that was asked for; <paramref name="table"/> draws it for people.</summary>
    public void Write<T>(OutputFormat format, T value, Action<IAnsiConsole> table)
    {
        switch (format)
        {
            case OutputFormat.Json:
                Document(JsonSerializer.Serialize(value, SpecJson.Indented) + "\n");
                break;
            case OutputFormat.Yaml:
                Document(YamlText.Of(JsonSerializer.SerializeToNode(value, SpecJson.Options)));
                break;
            default:
                table(Out);
                break;
        }
    }

    /// <summary>What went wrong, and what to do about it.</summary>
    public void Problem(string message, string? fix)
    {
        Error.Write(new Text("ptune: ", new Style(Color.Red)));
        Note(message);
        if (fix is not null) Note($"  {fix}");
    }

    private static IAnsiConsole Create(TextWriter writer, bool redirected, bool withoutCodes)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = withoutCodes ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = redirected || Plain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = redirected ? InteractionSupport.No : InteractionSupport.Yes,
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        if (redirected) console.Profile.Width = UnwrappedWidth;
        return console;
    }
}
