using System.IO.Compression;
using Ptune.Cli.Carrying;
using Ptune.Cli.Tests.Support;
using Ptune.Contracts.Specs;

namespace Ptune.Cli.Tests.Carrying;

public sealed class ProbeFileTests : IDisposable
{
    private readonly Client _client = new();

    public void Dispose() => _client.Dispose();

    [Theory]
    [InlineData("""{"text": "a"}""", TextFormat.Text)]
    [InlineData("""{"prompt": "a", "response": "b", "id": 1}""", TextFormat.PromptResponse)]
    [InlineData("""{"messages": []}""", TextFormat.Messages)]
    [InlineData("""{"text": "a", "label": "b"}""", TextFormat.TextLabel)]
    [InlineData("""{"question": "a", "choices": ["b"], "answer": 0}""", TextFormat.MultipleChoice)]
    public void Read_FirstRecord_TellsTheFormat(string line, TextFormat format) => Assert.Equal(format, ProbeFile.Read(_client.Write("probe.jsonl", "\n" + line + "\n"), null).Format);

    [Theory]
    [InlineData("probe.jsonl", "", "is empty", ExitCode.Usage)]
    [InlineData("probe.jsonl", "\n \n", "is empty", ExitCode.Usage)]
    [InlineData("probe.jsonl", "{\"verse\": \"a\"}", "has the fields verse", ExitCode.Usage)]
    [InlineData("probe.jsonl", "[1]", "is not a JSON object", ExitCode.Usage)]
    [InlineData("probe.jsonl", "a", "is not a JSON object", ExitCode.Usage)]
    [InlineData("probe.csv", "a", "is not a .jsonl, .txt or .parquet file", ExitCode.Usage)]
    [InlineData("probe.txt", "\n \n", "is empty", ExitCode.Usage)]
    [InlineData("probe.parquet", "", "is empty", ExitCode.Usage)]
    [InlineData("probe.parquet", "PAR1", "The format of the records in", ExitCode.Usage)]
    [InlineData("probe.jsonl.gz", "{\"text\": \"a\"}", "cannot be read", ExitCode.Usage)]
    public void Read_NoProbe_IsRefused(string name, string text, string problem, int code)
    {
        var refused = Assert.Throws<CliException>(() => ProbeFile.Read(_client.Write(name, text), null));
        Assert.Contains(problem, refused.Message, StringComparison.Ordinal);
        Assert.Equal(code, refused.ExitCode);
    }

    [Fact]
    public void Read_Compressed_IsReadAsItsContent()
    {
        using (var packed = new GZipStream(File.Create(Path.Combine(_client.Folder, "probe.jsonl.gz")), CompressionMode.Compress)) packed.Write("""{"prompt": "a", "response": "b"}"""u8);

        Assert.Equal(TextFormat.PromptResponse, ProbeFile.Read(Path.Combine(_client.Folder, "probe.jsonl.gz"), null).Format);
    }

    [Fact]
    public void Read_PlainText_HasATextOnEachLine()
    {
        var probe = ProbeFile.Read(_client.Write("probe.txt", "one\ntwo\n"), null);

        Assert.Equal((TextFormat.Text, PlainTextRecords.Line), (probe.Format, Assert.IsType<TextDatasetSpec>(probe.Data(new string('0', 64), 64).Dataset).Records));
        Assert.Contains("a text on each line", Assert.Throws<CliException>(() => ProbeFile.Read(probe.Path, TextFormat.TextLabel)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Parquet_IsWhatTheUserSays() => Assert.Equal(TextFormat.Messages, ProbeFile.Read(_client.Write("probe.parquet", "PAR1"), TextFormat.Messages).Format);

    [Fact]
    public void Read_NoFile_IsNotFound() => Assert.Equal(ExitCode.NotFound, Assert.Throws<CliException>(() => ProbeFile.Read("/nowhere/probe.jsonl", null)).ExitCode);

    [Fact]
    public void Data_IsTheWholeFileAsUploaded()
    {
        var data = new ProbeFile("/tmp/probe.jsonl", TextFormat.Text).Data(new string('0', 64), 64);

        Assert.Equal((Split.Test, IDatasetSpec.Uploads, 64), (data.Split, data.Dataset.Location, data.MaxTokens));
        Assert.Equal("0 0 1", string.Join(' ', data.Splits.Shares!));
    }
}
