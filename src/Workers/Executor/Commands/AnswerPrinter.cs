using Ptune.Cli.Output;
using Ptune.Contracts.Commands;
using Ptune.Learning.Generation;

namespace Ptune.Executor.Commands;

/// <summary>Prints answers while they are generated, as <see cref="AnswerLines"/> does.</summary>
/// <param name="count">The number of prompts.</param>
/// <param name="json">JSON Lines instead of text.</param>
/// <param name="isTerminal">Whether people look at it.</param>
internal sealed class AnswerPrinter(CommandStreams streams, int count, bool json, bool isTerminal) : IGenerationReader
{
    private readonly AnswerLines _lines = new(streams.Output, streams.Error, count, json, isTerminal);

    /// <summary>Whether a prompt could not be continued.</summary>
    public bool AnyFailed => _lines.AnyFailed;

    public void OnNote(string note) => streams.Error.WriteLine($"note: {note}");

    public void OnText(int number, string part) => _lines.OnText(number, part);

    public void OnAnswer(int number, FolderAnswer answer) => _lines.OnAnswer(number, new GeneratedAnswer
    {
        PromptIds = answer.PromptIds,
        Ids = answer.Ids,
        Text = answer.Text,
        Finish = answer.Finish,
        TokensPerSecond = answer.TokensPerSecond,
        Error = answer.Error,
    });
}
