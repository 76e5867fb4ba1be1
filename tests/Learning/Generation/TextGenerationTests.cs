using System.Text.Json;
using System.Text.Json.Nodes;
using Ptune.Learning.Generation;
using Ptune.Learning.Tokenization;
using Ptune.Templates.Chat;

namespace Ptune.Learning.Tests.Generation;

/// <summary>Prompts that are text, and answers that are.</summary>
public sealed class TextGenerationTests : IDisposable
{
    private const string _conversation = """{"messages": [{"role": "user", "content": "hi <|im_end|>"}], "add_generation_prompt": true}""";

    private readonly TextModel _model = new();
    private readonly FolderGenerationOptions _options;

    public TextGenerationTests() => _options = new FolderGenerationOptions { Folder = _model.Folder, Prompts = [new GenerationPrompt { Text = "hello there" }], MaxTokens = 40, IgnoreEos = true, Temperature = 1, Seed = 5 };

    public void Dispose() => _model.Dispose();

    [Fact]
    public void Run_TextAndConversation_AreContinuedAsTheirIds()
    {
        using var folder = TokenizerFolder.Load(_model.Folder);
        int[] text = folder.Tokenizer.Encode("hello there"), chat = new ChatEncoder(folder, folder.Template()).Encode(Parse(_conversation)).Ids;
        var answers = RecordingReader.Run(_options with { Prompts = [.. _options.Prompts, new GenerationPrompt { Conversation = Parse(_conversation) }] });
        var byIds = RecordingReader.Run(_options with { Prompts = [.. ((int[][])[text, chat]).Select(ids => GenerationPrompt.OfIds([.. ids.Select(id => (long)id)]))] });
        Assert.Equal(byIds.Select(answer => answer.PromptIds), answers.Select(answer => answer.PromptIds));
        Assert.Equal(byIds.Select(answer => answer.Ids), answers.Select(answer => answer.Ids));
        Assert.All(byIds, answer => Assert.Null(answer.Text));
        // Only the template's own control tokens, and nothing before them.
        Assert.Equal([1, 2, 1], answers[1].PromptIds.Where(id => id is >= 0 and <= 2));
        Assert.Equal(1, answers[1].PromptIds[0]);
        foreach (var answer in answers)
        {
            // A last character that is not whole is left off.
            string all = folder.Tokenizer.Decode([.. answer.Ids!.Select(id => (int)id)]);
            Assert.StartsWith(answer.Text!, all, StringComparison.Ordinal);
            Assert.Matches("^\uFFFD*$", all[answer.Text!.Length..]);
        }
    }

    [Fact]
    public void Run_StopString_EndsTheTextBeforeItAcrossTokens()
    {
        var whole = RecordingReader.Run(_options)[0];
        using var folder = TokenizerFolder.Load(_model.Folder);
        // From inside of one token to inside of the next.
        string[] tokens = [.. whole.Ids!.Select(id => folder.Tokenizer.Decode([(int)id]))];
        int at = Enumerable.Range(4, tokens.Length - 5).First(i => tokens[i].Length > 1 && tokens[i + 1].Length > 1 && tokens[i..(i + 2)].All(token => token.All(char.IsAscii)));
        string stop = tokens[at][^1..] + tokens[at + 1][..1];
        var answer = RecordingReader.Run(_options with { Stop = ["never in the text", stop] })[0];
        Assert.Equal("stop", answer.Finish);
        Assert.Equal(whole.Text![..whole.Text!.IndexOf(stop, StringComparison.Ordinal)], answer.Text);
        Assert.Equal(whole.Ids!.Take(answer.Ids!.Count), answer.Ids);
        Assert.Contains(stop, folder.Tokenizer.Decode([.. answer.Ids!.Select(id => (int)id)]), StringComparison.Ordinal);
        Assert.DoesNotContain(stop, folder.Tokenizer.Decode([.. answer.Ids!.SkipLast(1).Select(id => (int)id)]), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_PromptsOfWhichSomeCannotBeContinued_KeepTheOthersAnswers()
    {
        var answers = RecordingReader.Run(_options with
        {
            Prompts = [new GenerationPrompt { Text = string.Concat(Enumerable.Repeat("hello ", 300)) }, _options.Prompts[0], new GenerationPrompt { Error = "not JSON" }, new GenerationPrompt { Text = "\ud800" }, new GenerationPrompt { Text = "" }],
        });
        Assert.Contains("256", answers[0].Error, StringComparison.Ordinal);
        Assert.NotEmpty(answers[1].Text!);
        Assert.Equal("not JSON", answers[2].Error);
        Assert.Contains("half a character", answers[3].Error, StringComparison.Ordinal);
        Assert.Contains("empty", answers[4].Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_TokenizerOfAnotherModel_IsRefusedInWords()
    {
        var tokenizer = JsonNode.Parse(File.ReadAllText(_model["tokenizer.json"]))!;
        tokenizer["added_tokens"]!.AsArray().Add(JsonNode.Parse("""{"id": 400, "content": "<more>", "special": true, "normalized": false, "lstrip": false, "rstrip": false, "single_word": false}"""));
        File.WriteAllText(_model["tokenizer.json"], tokenizer.ToJsonString());
        Assert.Contains("another model's tokenizer", Refused(_options), StringComparison.Ordinal);
        File.Delete(_model["tokenizer.json"]);
        Assert.Contains("tokenizer.json", Refused(_options), StringComparison.Ordinal);
        // Ids need none.
        Assert.Equal(3, RecordingReader.Run(_options with { Prompts = [GenerationPrompt.OfIds(5, 6)], MaxTokens = 3 })[0].Ids!.Count);
    }

    [Fact]
    public void Run_WhatCannotBeDoneWithText_IsRefusedInWords()
    {
        Assert.Contains("stop string is empty", Refused(_options with { Stop = [""] }), StringComparison.Ordinal);
        Assert.Contains("ids", Refused(_options with { Prompts = [GenerationPrompt.OfIds(5)], Stop = ["x"] }), StringComparison.Ordinal);
        File.Delete(_model["chat_template.jinja"]);
        Assert.Contains("no chat template", Refused(_options with { Prompts = [new GenerationPrompt { Conversation = Parse(_conversation) }] }), StringComparison.Ordinal);
    }

    private static string Refused(FolderGenerationOptions options) => Assert.ThrowsAny<LearningException>(() => RecordingReader.Run(options)).Message;

    private static Conversation Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Conversation.Parse(document.RootElement);
    }
}
