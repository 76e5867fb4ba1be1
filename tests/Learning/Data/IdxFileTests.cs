using Ptune.Learning.Data;

namespace Ptune.Learning.Tests.Data;

public sealed class IdxFileTests
{
    private static readonly byte[] _pixels = [.. Enumerable.Range(0, 24).Select(i => (byte)i)];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Parse_PlainOrZipped_GivesShapeAndElements(bool zipped)
    {
        byte[] content = TinyDataset.Idx(_pixels, 2, 3, 4);
        var file = Parse(zipped ? TinyDataset.Zip(content) : content);
        Assert.Equal([2, 3, 4], file.Shape);
        Assert.Equal(_pixels, file.Elements);
        Assert.Equal(16, file.HeaderBytes);
    }

    [Theory]
    [InlineData(0, 1, 0, "two zero bytes")]
    [InlineData(1, 1, 0, "two zero bytes")]
    [InlineData(2, 0x0d, 2, "element type 0x0d")]
    [InlineData(3, 1, 3, "1 dimension(s), not 3")]
    [InlineData(4, 0x80, 4, "dimension 0 is -")]
    [InlineData(11, 0, 8, "dimension 1 is 0")]
    public void Parse_BadHeaderField_NamesFileAndOffset(int position, byte value, long offset, string problem)
    {
        byte[] content = TinyDataset.Idx(_pixels, 2, 3, 4);
        content[position] = value;
        var error = Assert.Throws<MalformedFileException>(() => Parse(content));
        Assert.Equal(offset, error.Offset);
        Assert.Contains("images", error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_DimensionsBeyondMemory_AreRefusedBeforeReading()
    {
        byte[] content = TinyDataset.Idx(_pixels, int.MaxValue, int.MaxValue, int.MaxValue);
        Assert.Contains("more than can be read", Assert.Throws<MalformedFileException>(() => Parse(content)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(16)]
    [InlineData(39)]
    public void Parse_Truncated_NamesTheEnd(int length)
    {
        byte[] content = TinyDataset.Idx(_pixels, 2, 3, 4)[..length];
        var error = Assert.Throws<MalformedFileException>(() => Parse(content));
        Assert.Equal(length, error.Offset);
    }

    [Fact]
    public void Parse_BytesAfterTheLastElement_AreRefused()
    {
        byte[] content = [.. TinyDataset.Idx(_pixels, 2, 3, 4), 0];
        Assert.Equal(40, Assert.Throws<MalformedFileException>(() => Parse(content)).Offset);
    }

    [Fact]
    public void Parse_DamagedGzip_IsMalformed()
    {
        byte[] zipped = TinyDataset.Zip(TinyDataset.Idx(TinyDataset.Images(50, 1), 50, 8, 8));
        Array.Fill(zipped, (byte)0xff, zipped.Length / 2, 20);
        Assert.Throws<MalformedFileException>(() => Parse(zipped));
    }

    [Fact]
    public void Parse_TruncatedGzip_IsMalformed()
    {
        byte[] zipped = TinyDataset.Zip(TinyDataset.Idx(TinyDataset.Images(50, 1), 50, 8, 8));
        Assert.Throws<MalformedFileException>(() => Parse(zipped[..(zipped.Length / 2)]));
    }

    private static IdxFile Parse(byte[] content) => IdxFile.Parse("images", new MemoryStream(content), 3);
}
