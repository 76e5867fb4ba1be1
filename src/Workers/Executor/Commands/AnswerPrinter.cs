using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ptune.Cli.Output;
using Ptune.Contracts.Specs;
using Ptune.Learning.Generation;

namespace Ptune.Executor.Commands;

/// <summary>
/// Prints answers in the order of their prompts while they are generated: the text of the first that is not complete is shown as it comes, what comes for later ones
/// waits. As JSON, each is one line once it is complete.
/// </summary>
/// <param name="count">The number of prompts.</param>
/// <param name="json">JSON Lines instead of text.</param>
/// <param name="isTerminal">Whether people look at it: then characters that a terminal obeys are shown as escapes.</param>
internal sealed class AnswerPrinter(CommandStreams streams, int count, bool json, bool isTerminal) : IGenerationReader
{
    private static readonly JsonSerializerOptions _json = new(SpecJson.Options) { WriteIndented = false, DefaultIgnoreCondition = JsonIgnoreCondition.Never };

    private readonly StringBuilder[] _waiting = [.. Enumerable.Range(0, count).Select(_ => new StringBuilder())];
    private readonly FolderAnswer?[] _answers = new FolderAnswer?[count];

    private int _current;
    private bool _hasBegun;
    private bool _endsLine;

    /// <summary>Whether a prompt could not be continued.</summary>
    public bool AnyFailed => _answers.Any(answer => answer?.Error is not null);

    public void OnNote(string note) => streams.Error.WriteLine($"note: {note}");

    public void OnText(int number, string part)
    {
        if (json) return;
        _waiting[number].Append(part);
        if (number == _current) ShowWaiting();
    }

    public void OnAnswer(int number, FolderAnswer answer)
    {
        _answers[number] = answer;
        while (_current < count && _answers[_current] is { } complete)
        {
            if (json) streams.Output.WriteLine(Json(complete));
            else ShowEnd(complete);
            _current++;
            _hasBegun = false;
            if (_current < count) ShowWaiting();
            streams.Output.Flush();
        }
    }

    private static string Json(FolderAnswer answer) => answer.Error is not null
        ? JsonSerializer.Serialize(new { error = answer.Error }, _json)
        : JsonSerializer.Serialize(new { promptIds = answer.PromptIds, ids = answer.Ids, text = answer.Text, finish = answer.Finish, tokensPerSecond = answer.TokensPerSecond }, _json);

    private void ShowWaiting()
    {
        var waiting = _waiting[_current];
        if (waiting.Length == 0) return;
        ShowHeading();
        string text = waiting.ToString();
        waiting.Clear();
        streams.Output.Write(isTerminal ? WithoutEffects(text) : text);
        streams.Output.Flush();
        _endsLine = text[^1] == '\n';
    }

    private void ShowHeading()
    {
        if (_hasBegun) return;
        _hasBegun = true;
        if (count > 1) streams.Output.WriteLine($"--- {_current + 1} of {count} ---");
    }

    private void ShowEnd(FolderAnswer answer)
    {
        bool hasText = _hasBegun;
        ShowHeading();
        if (answer.Error is not null) streams.Output.WriteLine($"error: {answer.Error}");
        else if (answer.Text is null) streams.Output.WriteLine(string.Join(' ', answer.Ids!));
        else if (!hasText || !_endsLine) streams.Output.WriteLine();
        streams.Output.Flush();
        if (answer.Error is not null) return;
        string place = count > 1 ? $"{_current + 1} of {count}: " : "";
        streams.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{place}{answer.Ids!.Count} tokens, {answer.TokensPerSecond ?? 0:0.0} tokens/s, finish: {answer.Finish}"));
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
