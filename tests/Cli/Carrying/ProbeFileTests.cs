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
    [InlineData("probe.txt", "a", "is not a .jsonl file", ExitCode.Usage)]
    public void Read_NoProbe_IsRefused(string name, string text, string problem, int code)
    {
        var refused = Assert.Throws<CliException>(() => ProbeFile.Read(_client.Write(name, text), null));
        Assert.Contains(problem, refused.Message, StringComparison.Ordinal);
        Assert.Equal(code, refused.ExitCode);
    }

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
