using System.Text;
using Ptune.Learning.Generation;

namespace Ptune.Learning.Tests.Generation;

/// <summary>Keeps what a run says.</summary>
internal sealed class RecordingReader : IGenerationReader
{
    private readonly SortedDictionary<int, FolderAnswer> _answers = [];
    private readonly Dictionary<int, StringBuilder> _texts = [];

    public List<string> Notes { get; } = [];

    /// <summary>In the order of the prompts.</summary>
    public FolderAnswer[] Answers => [.. _answers.Values];

    /// <summary>Runs, and asserts that the parts of each text are the text.</summary>
    public static FolderAnswer[] Run(FolderGenerationOptions options)
    {
        var reader = new RecordingReader();
        FolderGeneration.Run(options, reader);
        Assert.Equal(options.Prompts.Count, reader.Answers.Length);
        return reader.Answers;
    }

    public void OnNote(string note) => Notes.Add(note);

    public void OnText(int number, string part)
    {
        Assert.False(_answers.ContainsKey(number), "text after its end");
        if (!_texts.TryGetValue(number, out var text)) _texts.Add(number, text = new StringBuilder());
        text.Append(part);
    }

    public void OnAnswer(int number, FolderAnswer answer)
    {
        _answers.Add(number, answer);
        Assert.Equal(answer.Text ?? "", _texts.TryGetValue(number, out var text) ? text.ToString() : "");
    }
}
