using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ptune.Contracts.Commands;
using Ptune.Contracts.Specs;

namespace Ptune.Cli.Output;

/// <summary>
/// Prints answers in the order of their prompts while they are generated: the text of the first that is not complete is shown as it comes, what comes for later ones
/// waits. As JSON, each is one line once it is complete.
/// </summary>
/// <param name="output">Gets the answers.</param>
/// <param name="error">Gets what is said about them.</param>
/// <param name="count">The number of prompts.</param>
/// <param name="json">JSON Lines instead of text.</param>
/// <param name="isTerminal">Whether people look at it: then characters that a terminal obeys are shown as escapes.</param>
internal sealed class AnswerLines(TextWriter output, TextWriter error, int count, bool json, bool isTerminal)
{
    private static readonly JsonSerializerOptions _json = new(SpecJson.Options) { WriteIndented = false, DefaultIgnoreCondition = JsonIgnoreCondition.Never };

    private readonly StringBuilder[] _waiting = [.. Enumerable.Range(0, count).Select(_ => new StringBuilder())];
    private readonly GeneratedAnswer?[] _answers = new GeneratedAnswer?[count];

    private int _current;
    private bool _hasBegun;
    private bool _endsLine;

    /// <summary>Whether a prompt could not be continued.</summary>
    public bool AnyFailed => _answers.Any(answer => answer?.Error is not null);

    /// <summary>A part of an answer's text.</summary>
    /// <param name="number">The prompt's, from 0.</param>
    /// <param name="part">What follows the parts before.</param>
    public void OnText(int number, string part)
    {
        if (json) return;
        _waiting[number].Append(part);
        if (number == _current) ShowWaiting();
    }

    /// <summary>An answer is complete; its text has been told in parts.</summary>
    public void OnAnswer(int number, GeneratedAnswer answer)
    {
        _answers[number] = answer;
        while (_current < count && _answers[_current] is { } complete)
        {
            if (json) output.WriteLine(Json(complete));
            else ShowEnd(complete);
            _current++;
            _hasBegun = false;
            if (_current < count) ShowWaiting();
            output.Flush();
        }
    }

    private static string Json(GeneratedAnswer answer) => answer.Error is not null
        ? JsonSerializer.Serialize(new { error = answer.Error }, _json)
        : JsonSerializer.Serialize(new { promptIds = answer.PromptIds, ids = answer.Ids, text = answer.Text, finish = answer.Finish, tokensPerSecond = answer.TokensPerSecond }, _json);

    private void ShowWaiting()
    {
        var waiting = _waiting[_current];
        if (waiting.Length == 0) return;
        ShowHeading();
        string text = waiting.ToString();
        waiting.Clear();
        output.Write(isTerminal ? WithoutEffects(text) : text);
        output.Flush();
        _endsLine = text[^1] == '\n';
    }

    private void ShowHeading()
    {
        if (_hasBegun) return;
        _hasBegun = true;
        if (count > 1) output.WriteLine($"--- {_current + 1} of {count} ---");
    }

    private void ShowEnd(GeneratedAnswer answer)
    {
        bool hasText = _hasBegun;
        ShowHeading();
        if (answer.Error is not null) output.WriteLine($"error: {answer.Error}");
        else if (answer.Text is null) output.WriteLine(string.Join(' ', answer.Ids!));
        else if (!hasText || !_endsLine) output.WriteLine();
        output.Flush();
        if (answer.Error is not null) return;
        string place = count > 1 ? $"{_current + 1} of {count}: " : "";
        string rate = answer.TokensPerSecond is { } measured ? string.Create(CultureInfo.InvariantCulture, $", {measured:0.0} tokens/s") : "";
        error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{place}{answer.Ids!.Count} {(answer.Ids.Count == 1 ? "token" : "tokens")}{rate}, finish: {answer.Finish}"));
    }

    private static string WithoutEffects(string text)
    {
        var shown = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            if (Printable.IsEffect(c) && c is not ('\n' or '\t')) shown.Append(Printable.Escape(c));
            else shown.Append(c);
        }

        return shown.ToString();
    }
}
