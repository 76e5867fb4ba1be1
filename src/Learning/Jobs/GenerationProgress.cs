using System.Text;
using System.Text.Json;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Learning.Generation;

namespace Ptune.Learning.Jobs;

/// <summary>Gathers the answers of a generation, and tells what is written of the first prompt that is not done, with the answers before it.</summary>
internal sealed class GenerationProgress(int prompts, Action<JobProgress>? tell) : IGenerationReader
{
    private readonly FolderAnswer?[] _answers = new FolderAnswer?[prompts];
    private readonly StringBuilder[] _texts = [.. Enumerable.Range(0, prompts).Select(_ => new StringBuilder())];

    private int _first;
    private string[]? _before;

    /// <summary>In the order of the prompts.</summary>
    public IReadOnlyList<FolderAnswer> Answers => _answers!;

    /// <summary>What is unusual about the model and no error.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>An answer as the generation's file has it. Rates differ from run to run, so they are no part of it.</summary>
    public static string Line(FolderAnswer answer) => JsonSerializer.Serialize(answer with { TokensPerSecond = null }, SpecJson.Options);

    public void OnNote(string note) => Notes.Add(note);

    public void OnText(int number, string part)
    {
        _texts[number].Append(part);
        Tell();
    }

    public void OnAnswer(int number, FolderAnswer answer)
    {
        _answers[number] = answer;
        if (number == _first)
        {
            while (_first < prompts && _answers[_first] is not null) _first++;
            _before = Before();
        }

        Tell();
    }

    private void Tell()
    {
        if (tell is null) return;
        string text = _first < prompts ? _texts[_first].ToString(0, Math.Min(_texts[_first].Length, WrittenText.MaxCharacters)) : "";
        tell(new JobProgress(_answers.Count(answer => answer is not null), prompts, null, 0, new WrittenText(_first, text, _before)));
    }

    // A reader that misses some of them has to wait for the file.
    private string[]? Before()
    {
        var lines = new List<string>();
        int characters = 0;
        for (int number = _first - 1; number >= 0 && characters < WrittenText.MaxCharacters; number--)
        {
            string line = Line(_answers[number]!);
            characters += line.Length;
            if (characters <= WrittenText.MaxCharacters) lines.Insert(0, line);
        }

        return lines.Count > 0 ? [.. lines] : null;
    }
}
