using Ptune.Cli.Output;
using Ptune.Cli.Runs;
using Ptune.Contracts.Commands;
using Ptune.Contracts.Jobs;

namespace Ptune.Cli.Generations;

/// <summary>Shows the text of a generation while its job writes it, and the rest at the end. A job tells what it has written of the first prompt that is not done.</summary>
/// <param name="lines">Prints them.</param>
/// <param name="places">The places of the job's prompts among all.</param>
internal sealed class StreamedAnswers(AnswerLines lines, IReadOnlyList<int> places) : IRunDisplay
{
    private readonly string[] _told = [.. places.Select(_ => "")];

    public Task<T> ShowAsync<T>(Func<Action<RunState>, Task<T>> work) => work(state => Show(state.Cells.FirstOrDefault()?.Progress));

    /// <summary>A prompt's answer is known.</summary>
    /// <param name="number">The prompt's in the job.</param>
    public void End(int number, GeneratedAnswer answer)
    {
        if (answer.Text is { } text) Tell(number, text);
        lines.OnAnswer(places[number], answer);
    }

    private void Show(JobProgress? progress)
    {
        if (progress?.Written is { } written && written.Prompt < places.Count) Tell(written.Prompt, written.Text);
    }

    private void Tell(int number, string text)
    {
        // An attempt that begins anew writes the same text again.
        if (text.Length <= _told[number].Length || !text.StartsWith(_told[number], StringComparison.Ordinal)) return;
        lines.OnText(places[number], text[_told[number].Length..]);
        _told[number] = text;
    }
}
