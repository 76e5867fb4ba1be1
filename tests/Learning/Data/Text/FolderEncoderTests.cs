using System.Text.Json.Nodes;
using Ptune.Contracts.Specs;
using Ptune.Learning.Data;
using Ptune.Learning.Data.Text;
using Ptune.Learning.Data.Text.Reading;
using Ptune.Learning.Data.Text.Records;
using Ptune.Learning.Data.Text.Tokens;
using Ptune.Learning.Tokenization;

namespace Ptune.Learning.Tests.Data.Text;

/// <summary>What the loss sees of the records with the fixture's own tokenizer and chat template: ids and labels of tests/fixtures/data/expected.json, exactly.</summary>
public sealed class FolderEncoderTests
{
    private static readonly JsonNode _expected = DataFixture.Expected;
    private static readonly FolderEncoder _encoder = new(TokenizerFolder.Load(DataFixture.PathOf("tokenizer")));
    private static readonly ExampleEncoder _examples = new(_encoder, _encoder, LossScope.Response);

    [Fact]
    public void Encode_Texts_AreTheLibrarysIds() => AssertAll(_expected["text"]!["examples"], Records("text").Select(_examples.Encode));

    [Fact]
    public void Encode_PromptsAndResponses_AreTheLibrarysIds() => AssertAll(_expected["prompt_response"]!["plain"]!["examples"], Records("prompt_response").Select(_examples.Encode));

    [Fact]
    public void Encode_Messages_TrainTheAssistantsTurns() => AssertAll(_expected["messages"]!["examples"], Records("messages").Select(_examples.Encode));

    [Fact]
    public void Encode_PromptsAndResponsesAsTurns_TrainTheAnswer()
    {
        var pairs = Records("prompt_response").Cast<PromptResponse>().ToList();

        AssertAll(_expected["prompt_response"]!["chat"]!["examples"], pairs.Select(pair => _encoder.Encode(Turns(pair))));
        var system = new Message("system", _expected["prompt_response"]!["chat_with_system"]!["system"]!.GetValue<string>());
        AssertAll(_expected["prompt_response"]!["chat_with_system"]!["examples"], pairs.Take(6).Select(pair => _encoder.Encode([system, .. Turns(pair)])));
    }

    [Fact]
    public void Encode_OddConversations_TrainTheAssistantsTurns()
    {
        var conversations = _expected["conversations"]!.AsArray();

        AssertAll(conversations, conversations.Select(talk => _encoder.Encode(
            [.. talk!["messages"]!.AsArray().Select(message => new Message(message!["role"]!.GetValue<string>(), message["content"]!.GetValue<string>()))])));
    }

    [Fact]
    public void Encode_BorderThatAJointEncodingMerges_IsEncodedApart()
    {
        var cases = _expected["boundary"]!["cases"]!.AsArray();

        Assert.Contains(cases, border => !border!["same"]!.GetValue<bool>());
        Assert.All(cases, border =>
        {
            // Control tokens written out in the data stay text, where the library took them for control tokens.
            string prompt = border!["prompt"]!.GetValue<string>(), response = border["response"]!.GetValue<string>();
            Assert.Equal(ExpectedEncoder.Numbers(border["ids_apart"]), _encoder.Encode(prompt).Concat(_encoder.Encode(response)));
        });
    }

    [Fact]
    public void Encode_ControlTokenInTheData_StaysText()
    {
        int end = _encoder.EndOfText;
        var record = new PromptResponse("Say <|endoftext|>", "<|im_start|>system <|endoftext|>") { Place = new RecordPlace("a.jsonl", "line", 1) };

        int[] ids = _examples.Encode(record).Ids;

        Assert.Equal([ids.Length - 1], ids.Index().Where(pair => pair.Item == end).Select(pair => pair.Index));
        Assert.DoesNotContain(1, ids);
    }

    [Fact]
    public void Encode_MessagesWithoutATemplate_IsRefusedByPlace()
    {
        var record = Records("messages").First();

        var error = Assert.Throws<DataException>(() => new ExampleEncoder(_encoder, null, LossScope.Response).Encode(record));

        Assert.Contains("plain.jsonl, line 1", error.Message, StringComparison.Ordinal);
        Assert.Contains("chat template", error.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<TextRecord> Records(string shape) => TextRecords.Read(DataFixture.Source(shape, DataFixture.PathOf($"good/{shape}/plain.jsonl")));

    private static Message[] Turns(PromptResponse pair) => [new("user", pair.Prompt), new("assistant", pair.Response)];

    private static void AssertAll(JsonNode? expected, IEnumerable<EncodedExample> actual)
    {
        var examples = actual.ToList();
        Assert.Equal(expected!.AsArray().Count, examples.Count);
        foreach (var (node, example) in expected.AsArray().Zip(examples))
        {
            Assert.Equal(ExpectedEncoder.Numbers(node!["ids"]), example.Ids);
            // The fixture's label of the first token counts for nothing.
            Assert.Equal(ExpectedEncoder.Numbers(node["labels"]).Skip(1), Enumerable.Range(1, example.Length - 1).Select(example.Label));
        }
    }
}
