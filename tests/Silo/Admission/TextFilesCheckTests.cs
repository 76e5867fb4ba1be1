using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;
using Ptune.Fixtures;
using Ptune.Silo.Admission;

namespace Ptune.Silo.Tests.Admission;

public sealed class TextFilesCheckTests : IDisposable
{
    private static readonly string Data = Repository.PathOf("tests", "fixtures", "data");

    private static readonly Dictionary<string, TextDatasetSpec> Shapes = new()
    {
        ["text"] = Set(TextFormat.Text),
        ["prompt_response"] = Set(TextFormat.PromptResponse),
        ["instruction_output"] = Set(TextFormat.PromptResponse) with { Fields = new() { ["prompt"] = "instruction", ["response"] = "output" } },
        ["messages"] = Set(TextFormat.Messages),
        ["text_label"] = Set(TextFormat.TextLabel),
        ["text_label_index"] = Set(TextFormat.TextLabel) with { Labels = ["animals", "kitchen", "sky", "workshop"] },
        ["choices_index"] = Set(TextFormat.MultipleChoice),
        ["choices_letter"] = Set(TextFormat.MultipleChoice),
        ["choices_text"] = Set(TextFormat.MultipleChoice),
        ["preference"] = Set(TextFormat.Preference),
    };

    // What only all the records, another file or Parquet's own reader tells; the workers refuse them.
    private static readonly string[] Deeper =
    [
        "column-missing.parquet", "column-int.parquet", "column-binary-invalid.parquet", "null-in-column.parquet", "no-rows.parquet", "label-test.jsonl", "label-only-one.jsonl",
    ];

    private readonly TemporaryFolder _folder = new("texts");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Check_GoodFiles_HaveNoProblems()
    {
        var files = Shapes.SelectMany(shape => Directory.GetFiles(Path.Combine(Data, "good", shape.Key)).Select(file => (shape.Value, file))).ToArray();
        Assert.True(files.Length > 90, $"{files.Length} files");
        Assert.All(files, file => Assert.Empty(Check(file.Value, file.file)));
    }

    [Fact]
    public void Check_BadFiles_AreRefusedWithTheirLineWhereTheirBeginningTells()
    {
        var cases = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Data, "bad", "cases.json"))).RootElement.EnumerateArray().Where(item => !item.TryGetProperty("generate", out _)).ToArray();
        Assert.True(cases.Length > 60, $"{cases.Length} cases");
        foreach (var item in cases)
        {
            var name = item.GetProperty("file").GetString()!;
            var problems = Check(Shapes[item.GetProperty("shape").GetString()!], Path.Combine(Data, "bad", name));
            if (item.GetProperty("right").GetString() == "read" || Deeper.Contains(name))
            {
                Assert.True(problems.Count == 0, $"{name}: {(problems.Count > 0 ? problems[0].Message : "")}");
                continue;
            }
            Assert.True(problems.Count is > 0 and <= 3, $"{name}: {problems.Count} problems");
            Assert.All(problems, problem => Assert.Equal("data.dataset.files[0].path", problem.Path));
            var said = $"{problems[0].Message} {problems[0].Fix}";
            foreach (var word in item.GetProperty("must_name").EnumerateArray()) Assert.True(said.Contains(word.GetString()!, StringComparison.Ordinal), $"{name}: {said}");
        }
    }

    [Fact]
    public void Check_EmptyRecordsThatAreDropped_AreNoProblem()
    {
        foreach (var name in new[] { "empty-text.jsonl", "white-space-only.jsonl" })
            Assert.Empty(Check(Set(TextFormat.Text) with { DropEmpty = true }, Path.Combine(Data, "bad", name)));
        Assert.Empty(Check(Set(TextFormat.Messages) with { DropEmpty = true }, Path.Combine(Data, "bad", "messages-empty-assistant.jsonl")));
    }

    [Fact]
    public void Check_WrongRecordBehindTheFirstThousand_IsLeftToTheWorker()
    {
        var right = string.Concat(Enumerable.Repeat("{\"text\": \"a\"}\n", 999));
        Assert.Empty(Check(Set(TextFormat.Text), Write("late.jsonl", right + "{\"text\": \"a\"}\nwrong\n")));
        Assert.Contains("line 1000", Assert.Single(Check(Set(TextFormat.Text), Write("early.jsonl", right + "wrong\n"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_AllRecordsWrong_NamesTheFirstFew()
    {
        var problems = Check(Set(TextFormat.Text), Write("wrong.jsonl", string.Concat(Enumerable.Repeat("[]\n", 500))));
        Assert.Equal(3, problems.Count);
        Assert.Contains("line 3", problems[2].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(15, 0)]
    [InlineData(17, 1)]
    public void Check_LongLine_IsRefusedBeyondSixteenMebibytes(int mebibytes, int problems) =>
        Assert.Equal(problems, Check(Set(TextFormat.Text), Write("long.jsonl", $"{{\"text\": \"{new string('a', mebibytes << 20)}\"}}\n")).Count);

    [Fact]
    public void Check_FileThatUnpacksToFarMore_IsReadToTheBoundOfALineOnly()
    {
        var file = _folder.PathOf("bomb.jsonl.gz");
        using (var packed = new GZipStream(File.Create(file), CompressionLevel.Fastest))
        {
            var spaces = Enumerable.Repeat((byte)' ', 1 << 20).ToArray();
            for (var i = 0; i < 256; i++) packed.Write(spaces);
        }
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("line 1", Assert.Single(Check(Set(TextFormat.Text), file)).Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100L << 20);
    }

    [Theory]
    [InlineData("a.csv", "text", 1)]
    [InlineData("a.parquet.gz", "text", 1)]
    [InlineData("A.TXT", "text", 0)]
    [InlineData("a.txt", "messages", 1)]
    public void Check_Ending_SaysWhatMayBeInTheFile(string name, string shape, int problems)
    {
        var found = Check(Shapes[shape], Write(name, "words\n"));
        Assert.Equal(problems, found.Count);
        if (shape == "text") Assert.All(found, problem => Assert.Contains(".jsonl, .jsonl.gz, .parquet, .txt and .txt.gz", problem.Fix, StringComparison.Ordinal));
    }

    [Fact]
    public void Check_PlainTextThatIsNotUtf8_NamesTheByte()
    {
        var file = _folder.PathOf("latin.txt");
        File.WriteAllBytes(file, [.. Encoding.ASCII.GetBytes("one\ntwo "), 0xfc, (byte)'\n']);
        var message = Assert.Single(Check(Set(TextFormat.Text), file)).Message;
        Assert.Contains("line 2: The byte 0xFC at offset 8 is not valid UTF-8", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_RenamedFieldThatTheFormatHasNot_IsNamed()
    {
        var problem = Assert.Single(Check(Set(TextFormat.Text) with { Fields = new() { ["txt"] = "verse" } }, Write("a.jsonl", "{\"text\": \"a\"}\n")));
        Assert.Equal(("data.dataset.fields.txt", "Known: text."), (problem.Path, problem.Fix));
    }

    [Fact]
    public void Check_Template_DecidesItselfWhichFieldsItReads() =>
        Assert.Empty(Check(Set(TextFormat.Text) with { Template = "{{ title }}" }, Write("a.jsonl", "{\"title\": \"a\"}\n")));

    [Fact]
    public void Check_FileThatChanges_IsReadAgain()
    {
        var check = new TextFilesCheck();
        var file = Write("a.jsonl", "[]\n");
        Assert.Single(Check(Set(TextFormat.Text), file, check));
        Assert.Single(Check(Set(TextFormat.Text), file, check));
        File.WriteAllText(file, "{\"text\": \"a\"}\n");
        Assert.Empty(Check(Set(TextFormat.Text), file, check));
        Assert.NotEmpty(Check(Set(TextFormat.Messages), file, check));
    }

    [Fact]
    public void Check_MissingFileAndFolder_AreReported()
    {
        Assert.Contains("does not exist", Assert.Single(Check(Set(TextFormat.Text), _folder.PathOf("gone.jsonl"))).Message, StringComparison.Ordinal);
        Assert.Contains("a directory", Assert.Single(Check(Set(TextFormat.Text), Directory.CreateDirectory(_folder.PathOf("folder.jsonl")).FullName)).Message, StringComparison.Ordinal);
    }

    private static TextDatasetSpec Set(TextFormat format) => new() { Name = "texts", Location = "/", Files = [], Format = format };

    private static IReadOnlyList<SpecProblem> Check(TextDatasetSpec dataset, string file, TextFilesCheck? check = null) =>
        (check ?? new TextFilesCheck()).Check(
            dataset with { Files = [new DataFile { Path = Path.GetFileName(file), Sha256 = new string('0', 64) }] }, Path.GetDirectoryName(file)!, "data.dataset", SpecReader.Read("").Positions, CancellationToken.None);

    private string Write(string name, string text)
    {
        var file = _folder.PathOf(name);
        File.WriteAllText(file, text);
        return file;
    }
}
