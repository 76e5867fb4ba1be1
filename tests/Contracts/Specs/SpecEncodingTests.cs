using System.Text;
using Ptune.Contracts.Specs.Reading;

namespace Ptune.Contracts.Tests.Specs;

public sealed class SpecEncodingTests
{
    private const string Job = "apiVersion: ptune/v1\nkind: NoOp\nname: x\nseed: 7\n";

    [Fact]
    public void Read_AfterAByteOrderMark_IsTheSameSpec()
    {
        var plain = SpecReader.Read(Encoding.UTF8.GetBytes(Job));
        Assert.NotNull(plain.Spec);
        Assert.Equal(plain.Spec, SpecReader.Read([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Job)]).Spec);
        Assert.Equal(plain.Spec, SpecReader.Read("\uFEFF" + Job).Spec);
    }

    [Fact]
    public void Read_OfAMarkElsewhere_ShowsItAsWhatItIs() =>
        Assert.Contains(@"'\ufeffseed'", Assert.Single(SpecReader.Read($"{Job}\uFEFFseed: 1\n").Problems).Message, StringComparison.Ordinal);

    [Fact]
    public void Decode_OfLatin1_NamesThePlaceOfTheByte()
    {
        var (text, problem) = SpecEncoding.Decode(Encoding.Latin1.GetBytes("# ä\nname: é\n"));
        Assert.Null(text);
        Assert.Equal((1, 3), (problem!.Line, problem.Column));

        (_, problem) = SpecEncoding.Decode([.. "# ä\nname: "u8, 0xE9, (byte)'\n']);
        Assert.Equal((2, 7), (problem!.Line, problem.Column));
        Assert.Contains("offset 11", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_OfACharacterThatIsCutOff_Refuses() => Assert.NotNull(SpecEncoding.Decode("name: é"u8[..^1]).Problem);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Decode_OfUtf16_SaysSo(bool bigEndian)
    {
        var encoding = new UnicodeEncoding(bigEndian, byteOrderMark: true);
        var reading = SpecReader.Read([.. encoding.GetPreamble(), .. encoding.GetBytes(Job)]);
        Assert.Contains("UTF-16", Assert.Single(reading.Problems).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("---\n" + Job)]
    [InlineData(Job + "---\n")]
    [InlineData(Job + "...\n---\n---\n")]
    [InlineData("---\n---\n" + Job + "...\n")]
    public void Read_OfEmptyDocumentsAroundIt_IsTheSpec(string text) => Assert.Empty(SpecReader.Read(text).Problems);

    [Fact]
    public void Read_OfASecondDocument_NamesItsLine()
    {
        var problem = Assert.Single(SpecReader.Read($"{Job}---\n{Job}").Problems);
        Assert.Equal(6, problem.Line);
        Assert.Contains("second document", problem.Message, StringComparison.Ordinal);
    }
}
