using System.Text.Json;
using System.Text.Json.Nodes;
using Ptune.Contracts.Specs;
using Ptune.Learning.Data.Text;
using Ptune.Learning.Data.Text.Reading;

namespace Ptune.Learning.Tests.Data.Text;

/// <summary>The same records, however they are written.</summary>
public sealed class GoodFilesTests
{
    public static TheoryData<string, string> Files()
    {
        var files = new TheoryData<string, string>();
        foreach (var (shape, facts) in DataFixture.Expected["shapes"]!.AsObject())
        {
            foreach (var file in facts!["files"]!.AsArray().Where(file => !file!.GetValue<string>().Contains("/parts/"))) files.Add(shape, file!.GetValue<string>());
        }

        return files;
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Read_AnyEncoding_GivesTheRecords(string shape, string file)
    {
        var counts = new TextCounts();

        var read = TextRecords.Read(DataFixture.Source(shape, DataFixture.PathOf(file)), counts).Select(DataFixture.Json).ToList();

        Assert.Equal(Plain(shape), read);
        Assert.Equal(DataFixture.Expected["shapes"]![shape]!["records"]!.GetValue<int>(), counts.Records);
    }

    [Theory]
    [InlineData("choices_index")]
    [InlineData("choices_letter")]
    [InlineData("choices_text")]
    public void Read_AnswersOfUnknownMeaning_AreFoundFromAllRecords(string shape)
    {
        var source = DataFixture.Source(shape, DataFixture.PathOf($"good/{shape}/plain.jsonl"));

        var read = TextRecords.Read(source with { Answers = null }).Select(DataFixture.Json);

        Assert.Equal(Plain("choices_index"), read);
    }

    [Fact]
    public void Read_SeveralFiles_AreOneDataSet()
    {
        string[] parts = ["part-0.jsonl", "part-1.jsonl.gz", "part-2.parquet"];

        var read = TextRecords.Read(DataFixture.Source("text", [.. parts.Select(part => DataFixture.PathOf($"good/text/parts/{part}"))])).ToList();

        Assert.Equal(Plain("text"), read.Select(DataFixture.Json));
        Assert.Equal("part-2.parquet, record 1", read[25].Place.ToString());
    }

    [Fact]
    public void Read_FileUnderACachesName_IsReadByItsOwnName()
    {
        using var folder = new TempFolder();
        File.Copy(DataFixture.PathOf("good/text/dictionary-snappy.parquet"), folder["0a1b2c"]);
        var source = new TextSource([new TextFile(folder["0a1b2c"], "mine.parquet")], TextFormat.Text);

        Assert.Equal("mine.parquet, record 1", TextRecords.Read(source).First().Place.ToString());
    }

    /// <summary>The plain file by another reader: .NET's nodes, line by line.</summary>
    private static IEnumerable<string> Plain(string shape)
    {
        // Letters and texts name the same choices as the indexes do.
        if (shape.StartsWith("choices", StringComparison.Ordinal)) shape = "choices_index";
        foreach (string line in File.ReadAllText(DataFixture.PathOf($"good/{shape}/plain.jsonl")).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var record = JsonNode.Parse(line)!.AsObject();
            if (shape == "instruction_output") record = new JsonObject { ["prompt"] = record["instruction"]!.DeepClone(), ["response"] = record["output"]!.DeepClone() };
            yield return JsonSerializer.Serialize(record);
        }
    }
}
