using System.Buffers.Binary;
using System.Text;
using Ptune.Contracts.Identity;
using Ptune.Learning.Formats;
using static TorchSharp.torch;

namespace Ptune.Learning.Tests.Formats;

/// <summary>Tensors of more than 2 GB, which no span of bytes and no array holds. The files are sparse, and what is written goes nowhere.</summary>
public sealed class LargeTensorTests : IDisposable
{
    private const long Large = (1L << 31) + 16;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Takes 2 GB of memory, which some machines give slowly: with -explicit on.</summary>
    [Fact(Explicit = true)]
    public void Elements_OfATensorOfMoreThan2GB_AreThereToTheLast()
    {
        using var file = SafetensorsFile.Open(Sparse("F32", Large / 4, Large, BitConverter.GetBytes(1.5f)));
        var elements = file.Elements<float>("w", TensorType.F32);
        using var tensor = file.Tensor("w");
        using var last = tensor[^1];
        Assert.Equal(Large / 4, elements.Length);
        Assert.Equal((0f, 1.5f, 1.5f), (elements[0], elements[^1], last.item<float>()));
    }

    [Fact]
    public void Elements_MoreThanAnArrayHolds_AreRefusedInWords()
    {
        using var file = SafetensorsFile.Open(Sparse("U8", Large, Large, [7]));
        var error = Assert.Throws<MalformedFileException>(() => file.Elements<byte>("w", TensorType.U8));
        Assert.Contains($"tensor 'w' has {Large} elements, and no more than {Array.MaxLength} can be read", error.Message, StringComparison.Ordinal);
        using var tensor = file.Tensor("w");
        using var last = tensor[^1];
        Assert.Equal(7, last.item<byte>());
    }

    [Fact]
    public void DigestOf_ATensorBehindALargeOne_IsThatOfItsBytes()
    {
        byte[] bytes = [.. Enumerable.Range(1, 10).Select(i => (byte)i)];
        using var file = SafetensorsFile.Open(Sparse("U8", Large, Large, bytes, $$"""
            ,"next":{"dtype":"U8","shape":[10],"data_offsets":[{{Large}},{{Large + 10}}]}
            """));
        Assert.Equal(Digest.Of(bytes), file.DigestOf(file.Entry("next")));
        Assert.Equal(Digest.Of(bytes), file.DigestOf(file.Entry("next"), atOnce: 3));
        Assert.Equal(Digest.Of(bytes), file.DigestOf(file.Entry("next"), atOnce: 5));
    }

    [Fact]
    public void Write_ATensorOfMoreThan2GB_SaysWhereItAndTheNextLie()
    {
        byte[] piece = new byte[1 << 20];
        var large = new TensorBytes("a", TensorType.U8, [Large + piece.Length - 16], [.. Enumerable.Repeat(piece, (int)((Large + piece.Length) / piece.Length))]);
        var next = new TensorBytes("b", TensorType.U8, [3], [[1, 2, 3]]);
        using var written = new Measure();

        SafetensorsWriter.Write(written, [large, next]);

        long headerLength = BinaryPrimitives.ReadInt64LittleEndian(written.Begin);
        var header = SafetensorsHeader.Parse("written", written.Begin.AsSpan(8, (int)headerLength), written.Position);
        Assert.Equal(8 + headerLength + large.Length + 3, written.Position);
        Assert.Equal((large.Length, large.Length + 3), (header.Entries["b"].Begin, header.Entries["b"].End));
    }

    [Fact]
    public void Of_ATensorLongerThanAPiece_HoldsAllOfItInOrder()
    {
        using var scope = NewDisposeScope();
        var numbers = arange(0, 1000, ScalarType.Int64).view(10, 100).t();
        var whole = TensorBytes.Of("n", numbers);
        var inPieces = TensorBytes.Of("n", numbers, longestPiece: 96);

        Assert.Single(whole.Pieces);
        Assert.Equal(84, inPieces.Pieces.Count());
        Assert.Equal(whole.Pieces.First(), inPieces.Pieces.SelectMany(piece => piece));
        Assert.Equal((8000, whole.Digest()), (inPieces.Length, inPieces.Digest()));
        Assert.Equal([100, 10], inPieces.Shape);
    }

    /// <param name="more">Another tensor, which holds the last bytes.</param>
    private string Sparse(string type, long elements, long bytes, byte[] last, string? more = null)
    {
        byte[] json = Encoding.UTF8.GetBytes($$$"""{"w":{"dtype":"{{{type}}}","shape":[{{{elements}}}],"data_offsets":[0,{{{bytes}}}]}{{{more}}}}   """);
        string path = _folder["large.safetensors"];
        using var stream = File.Create(path);
        stream.Write(BitConverter.GetBytes((long)json.Length));
        stream.Write(json);
        stream.SetLength(stream.Position + bytes + (more is null ? 0 : last.Length));
        stream.Position = stream.Length - last.Length;
        stream.Write(last);
        return path;
    }

    /// <summary>Keeps the beginning, and of the rest how much it was.</summary>
    private sealed class Measure : Stream
    {
        private long _length;

        public byte[] Begin { get; } = new byte[1024];

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => _length;

        public override long Position { get => _length; set => throw new NotSupportedException(); }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (_length < Begin.Length) buffer[..(int)Math.Min(buffer.Length, Begin.Length - _length)].CopyTo(Begin.AsSpan((int)_length));
            _length += buffer.Length;
        }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
