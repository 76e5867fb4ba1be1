using System.Text.Json;
using Ptune.Cli.Output;
using Ptune.Cli.Runs;
using Ptune.Contracts.Commands;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;

namespace Ptune.Cli.Generations;

/// <summary>
/// Shows the answers of a generation while its job writes them, and the rest at the end. A job tells what it has written of the first prompt that is not done, and the
/// answers before it.
/// </summary>
/// <param name="lines">Prints them.</param>
/// <param name="places">The places of the job's prompts among all.</param>
/// <param name="progress">Shows how far the job is; null: what is printed shows it.</param>
internal sealed class StreamedAnswers(AnswerLines lines, IReadOnlyList<int> places, IRunDisplay? progress) : IRunDisplay
{
    private readonly string[] _told = [.. places.Select(_ => "")];
    private readonly bool[] _hasEnded = new bool[places.Count];

    public Task<T> ShowAsync<T>(Func<Action<RunState>, Task<T>> work) => progress is null ? work(Show) : progress.ShowAsync(show => work(state =>
    {
        Show(state);
        show(state);
    }));

    /// <summary>A prompt's answer is known.</summary>
    /// <param name="number">The prompt's in the job.</param>
    public void End(int number, GeneratedAnswer answer)
    {
        if (_hasEnded[number]) return;
        _hasEnded[number] = true;
        if (answer.Text is { } text) Tell(number, text);
        lines.OnAnswer(places[number], answer);
    }

    private void Show(RunState state)
    {
        if (state.Cells.FirstOrDefault()?.Progress?.Written is not { } written) return;
        // The rate of a single prompt is known at the end of its job.
        if (places.Count > 1) Take(written);
        if (written.Prompt < places.Count) Tell(written.Prompt, written.Text);
    }

    private void Take(WrittenText written)
    {
        var answers = written.Answers ?? [];
        foreach (var (place, line) in answers.Index())
        {
            var number = written.Prompt - answers.Length + place;
            if (number >= 0 && number < places.Count && !_hasEnded[number] && JsonSerializer.Deserialize<GeneratedAnswer>(line, SpecJson.Options) is { } answer) End(number, answer);
        }
    }

    private void Tell(int number, string text)
    {
        // An attempt that begins anew writes the same text again.
        if (text.Length <= _told[number].Length || !text.StartsWith(_told[number], StringComparison.Ordinal)) return;
        lines.OnText(places[number], text[_told[number].Length..]);
        _told[number] = text;
    }
}
