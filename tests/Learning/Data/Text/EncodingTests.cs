using System.Text.Json.Nodes;
using Ptune.Contracts.Specs;
using Ptune.Learning.Data;
using Ptune.Learning.Data.Text;
using Ptune.Learning.Data.Text.Reading;
using Ptune.Learning.Data.Text.Records;
using Ptune.Learning.Data.Text.Tokens;

namespace Ptune.Learning.Tests.Data.Text;

/// <summary>What the loss sees of the records: tests/fixtures/data/expected.json, exactly.</summary>
public sealed class EncodingTests
{
    private static readonly RecordPlace _place = new("a.jsonl", "line", 3);
    private static readonly JsonNode _expected = DataFixture.Expected;
    private static readonly JsonArray _pairs = _expected["prompt_response"]!["plain"]!["examples"]!.AsArray();

    [Fact]
    public void Encode_Text_TrainsAllAndTheEnd()
    {
        var encoder = new ExpectedEncoder();
        var examples = _expected["text"]!["examples"]!.AsArray();
        var records = Records<PlainText>("text");
        foreach (var (record, example) in records.Zip(examples)) encoder.Knows(record.Text, ExpectedEncoder.Numbers(example!["ids"])[..^1]);

        AssertExamples(examples, records.Select(new ExampleEncoder(encoder, null, LossScope.Response).Encode));
    }

    [Fact]
    public void Encode_PromptAndResponse_AreEncodedApartAndTheResponseIsTrained()
    {
        var encoder = Pairs();

        AssertExamples(_pairs, Records<PromptResponse>("prompt_response").Select(new ExampleEncoder(encoder, null, LossScope.Response).Encode));
        Assert.All(Records<PromptResponse>("prompt_response").Select(new ExampleEncoder(encoder, null, LossScope.All).Encode), example => Assert.Equal(example.Length - 1, example.TrainedTokens));
    }

    /// <summary>Bytes are those of the trained text in UTF-8, and a part of an example does not claim to know them.</summary>
    [Fact]
    public void Encode_Records_KnowTheBytesOfWhatIsTrained()
    {
        var encoder = new ExpectedEncoder();
        foreach (string text in (string[])["Grüße", "Frage?\n", "€ 5", "Ja."]) encoder.Knows(text, [1, 2, 3]);
        var pair = new PromptResponse("Frage?", "€ 5") { Place = _place };

        Assert.Equal(7, new ExampleEncoder(encoder, null, LossScope.Response).Encode(new PlainText("Grüße") { Place = _place }).Bytes);
        var example = new ExampleEncoder(encoder, null, LossScope.Response).Encode(pair);
        Assert.Equal(5, example.Bytes);
        Assert.Equal(5, example.Slice(0, example.Length).Bytes);
        Assert.Null(example.Slice(0, example.Length - 1).Bytes);
        Assert.Equal(12, new ExampleEncoder(encoder, null, LossScope.All).Encode(pair).Bytes);
        var talk = new Conversation([new Message(Roles.User, "Frage?"), new Message(Roles.Assistant, "€ 5"), new Message(Roles.Tool, "7"), new Message(Roles.Assistant, "Ja.")]) { Place = _place };
        Assert.Equal(8, new ExampleEncoder(encoder, new AnyChat(), LossScope.Response).Encode(talk).Bytes);
        Assert.Null(new ExampleEncoder(encoder, new AnyChat(), LossScope.All).Encode(talk).Bytes);
    }

    [Fact]
    public void Encode_Preference_IsTwoPairs()
    {
        var encoder = new ExpectedEncoder();
        var examples = _expected["preference"]!["examples"]!.AsArray();
        var records = Records<Preference>("preference");
        foreach (var (record, example) in records.Zip(examples))
        {
            int prompt = example!["prompt_tokens"]!.GetValue<int>();
            encoder.Knows(record.Prompt + "\n", ExpectedEncoder.Numbers(example["chosen"])[..prompt]);
            encoder.Knows(record.Chosen, ExpectedEncoder.Numbers(example["chosen"])[prompt..^1]);
            encoder.Knows(record.Rejected, ExpectedEncoder.Numbers(example["rejected"])[prompt..^1]);
        }

        foreach (var (record, example) in records.Zip(examples))
        {
            var (chosen, rejected) = new ExampleEncoder(encoder, null, LossScope.Response).Encode(record);

            Assert.Equal(ExpectedEncoder.Numbers(example!["chosen"]), chosen.Ids);
            Assert.Equal(ExpectedEncoder.Numbers(example["rejected"]), rejected.Ids);
            Assert.Equal(example["prompt_tokens"]!.GetValue<int>(), Array.IndexOf(rejected.Trained, true));
        }
    }

    [Fact]
    public void Encode_Choices_ArePromptAndChoicesApart()
    {
        var encoder = new ExpectedEncoder();
        var examples = _expected["choices"]!["examples"]!.AsArray();
        var records = Records<MultipleChoice>("choices_index");
        foreach (var (record, example) in records.Zip(examples))
        {
            encoder.Knows($"Question: {record.Question}\nAnswer:", ExpectedEncoder.Numbers(example!["prompt_ids"]));
            foreach (var (choice, ids) in record.Choices.Zip(example["choice_ids"]!.AsArray())) encoder.Knows(" " + choice, ExpectedEncoder.Numbers(ids));
        }

        foreach (var (record, example) in records.Zip(examples))
        {
            var (prompt, choices) = new ExampleEncoder(encoder, null, LossScope.Response).Encode(record);

            Assert.Equal(ExpectedEncoder.Numbers(example!["prompt_ids"]), prompt);
            Assert.Equal(example["choice_ids"]!.AsArray().Select(ExpectedEncoder.Numbers), choices);
            Assert.Equal(example["answer"]!.GetValue<int>(), record.Answer);
        }
    }

    [Fact]
    public void LabelNames_OfRecords_AreOrderedByCodePoint()
    {
        var records = Records<LabelledText>("text_label");

        var names = LabelNames.Of(records);

        Assert.Equal(_expected["text_label"]!["labels"]!.AsArray().Select(label => label!.GetValue<string>()), names.Names);
        Assert.Equal(ExpectedEncoder.Numbers(_expected["text_label"]!["label"]), records.Select(names.IndexOf));
        // U+FF5A stands before U+1F600, whose first UTF-16 unit is less than it.
        Assert.Equal(["ｚ", "😀"], LabelNames.Of([Label("😀"), Label("ｚ")]).Names);
    }

    [Theory]
    [InlineData("plain", "right")]
    [InlineData("plain", "prompt_left")]
    [InlineData("chat", "right")]
    [InlineData("chat", "prompt_left")]
    public void Apply_LongExamples_AreCutAndCounted(string template, string rule)
    {
        var all = _expected["prompt_response"]![template]!["examples"]!.AsArray().Select(Example).ToList();
        var truncation = _expected["truncation"]![template]!;
        var facts = truncation[rule]!;
        var counts = new EncodingCounts();
        var lengths = new LengthRule(truncation["limit"]!.GetValue<int>(), rule == "right" ? TooLong.Cut : TooLong.CutPrompt);

        var kept = all.Select(example => lengths.Apply(example, _place, counts)).ToList();

        Assert.Equal(facts["examples_cut"]!.GetValue<int>(), counts.Cut);
        Assert.Equal(facts["tokens_cut"]!.GetValue<int>(), counts.TokensCut);
        Assert.Equal(facts["kept"]!.GetValue<int>(), counts.Examples);
        Assert.Equal(facts["trained_tokens"]!.GetValue<int>(), counts.TrainedTokens);
        Assert.Equal(ExpectedEncoder.Numbers(facts["dropped_without_trained_token"]), kept.Index().Where(pair => pair.Item is null).Select(pair => pair.Index));
        Assert.Equal(all.Count - counts.Examples, counts.Untrained);
        foreach (var cut in facts["examples"]!.AsArray().Where(cut => cut!["trained"]!.GetValue<int>() > 0))
        {
            var example = kept[cut!["record"]!.GetValue<int>()]!;
            Assert.Equal(ExpectedEncoder.Numbers(cut["ids"]), example.Ids);
            AssertLabels(cut["labels"], example);
        }
    }

    [Fact]
    public void Apply_LongExamples_AreDroppedOrRefusedWhereTheSpecSaysSo()
    {
        var counts = new EncodingCounts();
        var examples = _pairs.Select(Example).ToList();

        int kept = examples.Count(example => new LengthRule(64, TooLong.Drop).Apply(example, _place, counts) is not null);
        var error = Assert.Throws<DataException>(() => new LengthRule(64, TooLong.Refuse).Apply(examples.First(example => example.Length > 64), _place, counts));

        Assert.Equal(examples.Count(example => example.Length <= 64), kept);
        Assert.Equal(examples.Count - kept, counts.TooLong);
        Assert.Contains("a.jsonl, line 3", error.Message, StringComparison.Ordinal);
        Assert.Contains("64", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pack_Examples_GivesTheBlocks()
    {
        var facts = _expected["packing"]!;
        int size = facts["size"]!.GetValue<int>();
        var counts = new EncodingCounts();
        // All of them, also those without a trained token after the cut, as the fixture has them.
        var examples = _pairs.Select(pair => Example(pair)).Select(example => example.Slice(0, Math.Min(example.Length, size))).ToList();

        var blocks = FirstFit.Pack([.. examples.Select(example => example.Length)], size);
        var rows = blocks.Select(block => TokenBlock.Of([.. block.Select(index => examples[index])], size, _expected["eos"]!["pad_id"]!.GetValue<int>())).ToList();

        Assert.Equal(facts["blocks"]!.AsArray().Select(ExpectedEncoder.Numbers), blocks);
        Assert.Equal(facts["input_ids"]!.AsArray().Select(ExpectedEncoder.Numbers), rows.Select(row => row.Ids));
        Assert.Equal(facts["segment_ids"]!.AsArray().Select(ExpectedEncoder.Numbers), rows.Select(row => row.Segments));
        Assert.Equal(facts["position_ids"]!.AsArray().Select(ExpectedEncoder.Numbers), rows.Select(row => row.Positions));
        Assert.Equal(facts["labels"]!.AsArray().Select(ExpectedEncoder.Numbers), rows.Select(row => row.Labels));
        Assert.Equal(facts["trained_tokens"]!.GetValue<int>(), rows.Sum(row => row.TrainedTokens));
    }

    [Fact]
    public void Pack_ManyLengths_IsWhatTheSlowWayGives()
    {
        var random = SplitMix64.Stream(3, RandomPurpose.Probe);
        int[] lengths = [.. Enumerable.Range(0, 500).Select(_ => 1 + random.NextBelow(40))];
        var slow = new List<List<int>>();
        for (int i = 0; i < lengths.Length; i++)
        {
            var block = slow.Find(candidate => candidate.Sum(member => lengths[member]) + lengths[i] <= 64);
            if (block is null) slow.Add(block = []);
            block.Add(i);
        }

        Assert.Equal(slow, FirstFit.Pack(lengths, 64));
    }

    [Fact]
    public void Of_PaddingWithTheIdOfTheEnd_KeepsTheEndTrained()
    {
        var padding = _expected["padding"]!;
        var examples = ExpectedEncoder.Numbers(padding["records"]).Select(index => Example(_pairs[index])).ToList();
        int width = examples.Max(example => example.Length);

        var rows = examples.Select(example => TokenBlock.Of([example], width, _expected["eos"]!["pad_id"]!.GetValue<int>())).ToList();

        Assert.Equal(padding["right"]!["input_ids"]!.AsArray().Select(ExpectedEncoder.Numbers), rows.Select(row => row.Ids));
        Assert.Equal(padding["right"]!["attention_mask"]!.AsArray().Select(ExpectedEncoder.Numbers), rows.Select(row => row.Segments));
        Assert.Equal(padding["right"]!["position_ids"]!.AsArray().Select(ExpectedEncoder.Numbers), rows.Select(row => row.Positions));
        Assert.Equal(padding["right"]!["labels"]!.AsArray().Select(ExpectedEncoder.Numbers), rows.Select(row => row.Labels));
    }

    private static ExpectedEncoder Pairs()
    {
        var encoder = new ExpectedEncoder();
        foreach (var (record, example) in Records<PromptResponse>("prompt_response").Zip(_pairs))
        {
            var known = Example(example);
            int prompt = Array.IndexOf(known.Trained, true);
            encoder.Knows(record.Prompt + "\n", known.Ids[..prompt]);
            encoder.Knows(record.Response, known.Ids[prompt..^1]);
        }

        return encoder;
    }

    private static List<T> Records<T>(string shape) where T : TextRecord =>
        [.. TextRecords.Read(DataFixture.Source(shape, DataFixture.PathOf($"good/{shape}/plain.jsonl"))).Cast<T>()];

    private static LabelledText Label(string label) => new("a", label, null) { Place = _place };

    private static EncodedExample Example(JsonNode? node) =>
        new(ExpectedEncoder.Numbers(node!["ids"]), [.. ExpectedEncoder.Numbers(node["labels"]).Select(label => label != EncodedExample.Ignored)]);

    private static void AssertExamples(JsonArray expected, IEnumerable<EncodedExample> actual)
    {
        foreach (var (node, example) in expected.Zip(actual.ToList(), (node, example) => (node, example)))
        {
            Assert.Equal(ExpectedEncoder.Numbers(node!["ids"]), example.Ids);
            AssertLabels(node["labels"], example);
        }
    }

    // The fixture's label of the first token counts for nothing.
    private static void AssertLabels(JsonNode? expected, EncodedExample example) =>
        Assert.Equal(ExpectedEncoder.Numbers(expected).Skip(1), Enumerable.Range(1, example.Length - 1).Select(example.Label));

    private sealed class AnyChat : IChatEncoder
    {
        public EncodedExample Encode(IReadOnlyList<Message> messages) => new([1, 2], [false, true]);
    }
}
