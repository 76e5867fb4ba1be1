using System.Text.Json;
using System.Text.Json.Nodes;
using Ptune.Contracts.Specs;
using Ptune.Fixtures;
using Ptune.Learning.Data.Text;
using Ptune.Learning.Data.Text.Records;

namespace Ptune.Learning.Tests.Data.Text;

/// <summary>The text data sets of tests/fixtures/data.</summary>
internal static class DataFixture
{
    public static string Folder { get; } = Repository.PathOf("tests", "fixtures", "data");

    public static JsonNode Expected { get; } = JsonNode.Parse(File.ReadAllText(PathOf("expected.json")))!;

    public static string PathOf(string name) => Path.Combine(Folder, name);

    /// <summary>How the files of a shape are read.</summary>
    public static TextSource Source(string shape, params string[] files)
    {
        var source = new TextSource([.. files], FormatOf(shape));
        return shape switch
        {
            "instruction_output" => source with { Fields = new Dictionary<string, string> { ["prompt"] = "instruction", ["response"] = "output" } },
            "choices_index" => source with { Answers = AnswerMeaning.Index },
            "choices_letter" => source with { Answers = AnswerMeaning.Letter },
            "choices_text" => source with { Answers = AnswerMeaning.Text },
            _ => source,
        };
    }

    /// <summary>A record as JSON, under our names.</summary>
    public static string Json(TextRecord record) => JsonSerializer.Serialize<object>(record switch
    {
        PlainText { Text: var text } => new { text },
        PromptResponse { Prompt: var prompt, Response: var response } => new { prompt, response },
        Conversation talk => new { messages = talk.Messages.Select(message => new { role = message.Role, content = message.Content }) },
        LabelledText { Label: { } label, Text: var text } => new { text, label },
        LabelledText { Index: var label, Text: var text } => new { text, label },
        MultipleChoice { Question: var question, Choices: var choices, Answer: var answer } => new { question, choices, answer },
        Preference { Prompt: var prompt, Chosen: var chosen, Rejected: var rejected } => new { prompt, chosen, rejected },
        _ => throw new ArgumentException(record.GetType().Name),
    });

    private static TextFormat FormatOf(string shape) => shape switch
    {
        "text" => TextFormat.Text,
        "prompt_response" or "instruction_output" => TextFormat.PromptResponse,
        "messages" => TextFormat.Messages,
        "text_label" or "text_label_index" => TextFormat.TextLabel,
        "choices_index" or "choices_letter" or "choices_text" => TextFormat.MultipleChoice,
        "preference" => TextFormat.Preference,
        _ => throw new ArgumentException(shape),
    };
}
