using Ptune.Contracts.Specs;
using Ptune.Learning.Data;
using Ptune.Learning.Data.Text;
using Ptune.Learning.Data.Text.Reading;
using Ptune.Learning.Data.Text.Records;

namespace Ptune.Learning.Tests.Data.Text;

public sealed class PlainTextRowsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("File", new[] { "one\r\ntwo\n\n \nthree\u2028more" })]
    [InlineData("Paragraph", new[] { "one\ntwo", "three\u2028more" })]
    [InlineData("Line", new[] { "one", "two", "three\u2028more" })]
    public void Read_PlainText_GivesTheRecords(string unit, string[] records)
    {
        File.WriteAllText(_folder["a.txt"], "one\r\ntwo\n\n \nthree\u2028more\n");
        var source = new TextSource([_folder["a.txt"]], TextFormat.Text) { PlainText = Enum.Parse<PlainTextRecords>(unit) };

        Assert.Equal(records, TextRecords.Read(source).Cast<PlainText>().Select(record => record.Text));
    }

    [Fact]
    public void Read_ParagraphBeyondTheBound_IsRefusedWithItsFirstLine()
    {
        File.WriteAllText(_folder["a.txt"], "ok\n\nlong\nlonger\nlongest\n");
        var source = new TextSource([_folder["a.txt"]], TextFormat.Text) { PlainText = PlainTextRecords.Paragraph, MaxRecordBytes = 8 };

        var error = Assert.Throws<DataException>(() => TextRecords.Read(source).ToList());

        Assert.Contains("a.txt, line 3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_PlainTextForTwoFields_IsRefused()
    {
        File.WriteAllText(_folder["a.txt"], "one");

        var error = Assert.Throws<DataException>(() => TextRecords.Read(new TextSource([_folder["a.txt"]], TextFormat.PromptResponse)).ToList());

        Assert.Contains("prompt, response", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_UnknownName_NamesWhatIsKnown()
    {
        File.WriteAllText(_folder["a.csv"], "one");

        var error = Assert.Throws<DataException>(() => TextRecords.Read(new TextSource([_folder["a.csv"]], TextFormat.Text)).ToList());

        Assert.Contains(".jsonl", error.Message, StringComparison.Ordinal);
    }
}
