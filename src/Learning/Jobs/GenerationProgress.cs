using System.Text;
using Ptune.Contracts.Jobs;
using Ptune.Learning.Generation;

namespace Ptune.Learning.Jobs;

/// <summary>Gathers the answers of a generation, and tells what is written of the first prompt that is not done.</summary>
internal sealed class GenerationProgress(int prompts, Action<JobProgress>? tell) : IGenerationReader
{
    private readonly FolderAnswer?[] _answers = new FolderAnswer?[prompts];
    private readonly StringBuilder[] _texts = [.. Enumerable.Range(0, prompts).Select(_ => new StringBuilder())];

    /// <summary>In the order of the prompts.</summary>
    public IReadOnlyList<FolderAnswer> Answers => _answers!;

    /// <summary>What is unusual about the model and no error.</summary>
    public List<string> Notes { get; } = [];

    public void OnNote(string note) => Notes.Add(note);

    public void OnText(int number, string part)
    {
        _texts[number].Append(part);
        Tell();
    }

    public void OnAnswer(int number, FolderAnswer answer)
    {
        _answers[number] = answer;
        Tell();
    }

    private void Tell()
    {
        if (tell is null) return;
        int first = Array.IndexOf(_answers, null);
        string text = first < 0 ? "" : _texts[first].ToString();
        tell(new JobProgress(_answers.Count(answer => answer is not null), prompts, null, 0, first < 0 ? null : new WrittenText(first, text[..Math.Min(text.Length, WrittenText.MaxCharacters)])));
    }
}
