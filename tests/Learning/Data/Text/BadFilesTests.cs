using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Ptune.Contracts.Specs;
using Ptune.Learning.Data;
using Ptune.Learning.Data.Text;
using Ptune.Learning.Data.Text.Reading;
using Ptune.Learning.Data.Text.Records;

namespace Ptune.Learning.Tests.Data.Text;

/// <summary>One fault a file: tests/fixtures/data/bad/cases.json says what is right.</summary>
public sealed class BadFilesTests : IDisposable
{
    private static readonly JsonArray _cases = JsonNode.Parse(File.ReadAllText(DataFixture.PathOf("bad/cases.json")))!.AsArray();

    private readonly TempFolder _folder = new();

    public static TheoryData<string> Refused() => [.. Files("refused")];

    public static TheoryData<string> Sound() => [.. Files("read")];

    public static TheoryData<string> MayBeLeftOut() => [.. _cases.Where(bad => bad!["or_when_the_spec_leaves_empty_out"] is not null).Select(bad => bad!["file"]!.GetValue<string>())];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Refused))]
    public void Read_Fault_IsRefusedByName(string file)
    {
        var bad = Case(file);
        var source = Source(bad);
        long before = GC.GetAllocatedBytesForCurrentThread();

        var error = Assert.Throws<DataException>(() => ReadAll(bad, source));

        long taken = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.All(bad["must_name"]!.AsArray(), word => Assert.Contains(word!.GetValue<string>(), error.Message, StringComparison.Ordinal));
        Assert.StartsWith(bad["labels"] is null && bad["file"]!.GetValue<string>() != "label-only-one.jsonl" ? file : "", error.Message, StringComparison.Ordinal);
        Assert.InRange(taken, 0, 5L * TextFileRows.MaxRecordBytes);
    }

    [Theory]
    [MemberData(nameof(Sound))]
    public void Read_OddButSound_IsRead(string file)
    {
        var odd = Case(file);
        var counts = new TextCounts();

        var read = TextRecords.Read(Source(odd), counts).ToList();

        if (odd["texts"] is JsonArray texts) Assert.Equal(texts.Select(text => text!.GetValue<string>()), read.Cast<PlainText>().Select(record => record.Text));
        if (odd["records"] is { } records) Assert.Equal(records.GetValue<int>(), counts.Records);
        if (odd["end_with_user"] is { } unanswered) Assert.Equal(unanswered.GetValue<int>(), counts.EndWithoutAnswer);
        if (odd["answer_of_line_4"] is { } answer) Assert.Equal(answer.GetValue<int>(), ((MultipleChoice)read[3]).Answer);
    }

    [Fact]
    public void Read_AnswerThatIsALetterAndAChoice_IsTheChoiceWithoutBeingTold()
    {
        var source = Source(Case("answer-letter-that-is-a-choice.jsonl")) with { Answers = null };

        Assert.Equal(1, ((MultipleChoice)TextRecords.Read(source).ElementAt(3)).Answer);
    }

    [Theory]
    [InlineData("answer-letter-E.jsonl")]
    [InlineData("answer-not-a-choice.jsonl")]
    [InlineData("answer-out-of-range.jsonl")]
    public void Read_WrongAnswerOfUnknownMeaning_IsRefusedByName(string file)
    {
        var bad = Case(file);

        var error = Assert.Throws<DataException>(() => ReadAll(bad, Source(bad) with { Answers = null }));

        Assert.All(bad["must_name"]!.AsArray(), word => Assert.Contains(word!.GetValue<string>(), error.Message, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(MayBeLeftOut))]
    public void Read_EmptyRecord_IsLeftOutAndCountedWhereAsked(string file)
    {
        var bad = Case(file);
        var counts = new TextCounts();

        int read = TextRecords.Read(Source(bad) with { LeaveEmptyOut = true }, counts).Count();

        Assert.Equal(bad["or_when_the_spec_leaves_empty_out"]!["records"]!.GetValue<int>(), read);
        Assert.Equal(bad["or_when_the_spec_leaves_empty_out"]!["left_out"]!.GetValue<int>(), counts.LeftOutEmpty);
    }

    [Fact]
    public void Read_OlderWordsOfMessages_AreReadByTheFieldMapThatTheErrorNames()
    {
        var source = Source(Case("messages-from-value.jsonl"));
        var fields = new Dictionary<string, string> { ["role"] = "from", ["content"] = "value", ["user"] = "human", ["assistant"] = "gpt" };

        var error = Assert.Throws<DataException>(() => TextRecords.Read(source).ToList());
        var read = (Conversation)TextRecords.Read(source with { Fields = fields }).Single();

        Assert.Contains("fields: { role: from, content: value, user: human, assistant: gpt }", error.Message, StringComparison.Ordinal);
        Assert.Equal([new Message("user", "1"), new Message("assistant", "2")], read.Messages);
    }

    private static IEnumerable<string> Files(string right) =>
        _cases.Where(bad => bad!["right"]!.GetValue<string>() == right).Select(bad => bad!["file"]!.GetValue<string>());

    private static JsonNode Case(string file) => _cases.Single(bad => bad!["file"]!.GetValue<string>() == file)!;

    private static void ReadAll(JsonNode bad, TextSource source)
    {
        var records = TextRecords.Read(source).ToList();
        if (source.Format != TextFormat.TextLabel) return;
        var labelled = records.Cast<LabelledText>().ToList();
        var names = bad["labels"] is JsonArray declared ? new LabelNames([.. declared.Select(label => label!.GetValue<string>())])
            : bad["with_training_file"] is { } training ? LabelNames.Of(TextRecords.Read(source with { Files = [DataFixture.PathOf($"bad/{training}")] }).Cast<LabelledText>())
            : LabelNames.Of(labelled);
        foreach (var record in labelled) names.IndexOf(record);
    }

    private TextSource Source(JsonNode bad)
    {
        string file = bad["file"]!.GetValue<string>();
        string path = DataFixture.PathOf($"bad/{file}");
        if (bad["generate"] is JsonArray parts)
        {
            path = _folder[file];
            Generate(path, parts, bad["generate_gzip"] is not null);
        }

        return DataFixture.Source(bad["shape"]!.GetValue<string>(), path);
    }

    private static void Generate(string path, JsonArray parts, bool isGzip)
    {
        using var file = File.Create(path);
        foreach (var part in parts)
        {
            if (part is JsonValue text)
            {
                file.Write(Encoding.UTF8.GetBytes(text.GetValue<string>()));
                continue;
            }

            string unit = part!["repeat"]!.GetValue<string>();
            int times = part["times"]!.GetValue<int>(), atOnce = Math.Min(times, 100_000);
            byte[] block = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(unit, atOnce)));
            // Members of a gzip file may follow one another: the same bytes come out as of one.
            if (isGzip) block = Compress(block);
            Assert.Equal(0, times % atOnce);
            for (int done = 0; done < times; done += atOnce) file.Write(block);
        }
    }

    private static byte[] Compress(byte[] block)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal)) gzip.Write(block);
        return packed.ToArray();
    }
}
