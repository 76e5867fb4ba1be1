using System.Text;
using Ptune.Learning.Formats;
using static TorchSharp.torch;

namespace Ptune.Learning.Tests.Formats;

public sealed class SafetensorsWriterTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_AnyOrder_GivesTheSameBytes()
    {
        TensorBytes a = TensorBytes.Of("a", [1f, 2f], 2), b = TensorBytes.Of("b", [3f], 1);
        SafetensorsWriter.Write(_folder["1"], [a, b], new Dictionary<string, string> { ["x"] = "1", ["y"] = "2" });
        SafetensorsWriter.Write(_folder["2"], [b, a], new Dictionary<string, string> { ["y"] = "2", ["x"] = "1" });
        Assert.Equal(File.ReadAllBytes(_folder["1"]), File.ReadAllBytes(_folder["2"]));
    }

    [Fact]
    public void Write_MixedTypes_AlignsEachToItsElements()
    {
        using var scope = NewDisposeScope();
        SafetensorsWriter.Write(
            _folder["f"],
            [TensorBytes.Of("bytes", ones(3, ScalarType.Byte)), TensorBytes.Of("floats", ones(3)), TensorBytes.Of("longs", ones(1, ScalarType.Int64))]);
        using var file = SafetensorsFile.Open(_folder["f"]);
        Assert.Equal(0, file.Header.DataStart % 8);
        Assert.All(file.Header.Entries.Values, entry => Assert.Equal(0, entry.Begin % entry.Type.Bytes));
    }

    [Fact]
    public void Write_ThenOpen_GivesTheSameNumbers()
    {
        using var scope = NewDisposeScope();
        var numbers = randn(3, 5);
        SafetensorsWriter.Write(_folder["f"], [TensorBytes.Of("é\"n", numbers.t())]);
        using var file = SafetensorsFile.Open(_folder["f"]);
        using var read = file.Tensor("é\"n", 5, 3);
        Assert.True(TensorAssert.Same(numbers.t(), read));
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.Float16)]
    [InlineData(ScalarType.BFloat16)]
    [InlineData(ScalarType.Int64)]
    [InlineData(ScalarType.Int32)]
    [InlineData(ScalarType.Int8)]
    [InlineData(ScalarType.Bool)]
    public void Write_AnyType_IsReadAsItWas(ScalarType type)
    {
        using var scope = NewDisposeScope();
        var numbers = tensor([-3f, 0, 1.5f, 200, 7, 1], [2, 3]).to(type);
        SafetensorsWriter.Write(_folder["f"], [TensorBytes.Of("now", numbers), TensorBytes.WhenWritten("later", TensorType.Of(type), [2, 3], () => numbers.clone())]);
        using var file = SafetensorsFile.Open(_folder["f"]);
        Assert.True(TensorAssert.Same(numbers, file.Tensor("now", 2, 3)));
        Assert.True(TensorAssert.Same(numbers, file.Tensor("later", 2, 3)));
    }

    [Fact]
    public void Write_Layout_IsTheFormats()
    {
        SafetensorsWriter.Write(_folder["f"], [TensorBytes.Of("w", [1f], 1)]);
        byte[] bytes = File.ReadAllBytes(_folder["f"]);
        const string header = """{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}  """;
        Assert.Equal(header.Length, BitConverter.ToInt64(bytes));
        Assert.Equal(header, Encoding.ASCII.GetString(bytes, 8, header.Length));
        Assert.Equal([0, 0, 0x80, 0x3f], bytes[(8 + header.Length)..]);
    }

    [Fact]
    public void Write_UnwritableFolder_LeavesWhatStood()
    {
        string path = _folder["f"];
        SafetensorsWriter.Write(path, [TensorBytes.Of("w", [1f], 1)]);
        byte[] before = File.ReadAllBytes(path);
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(path, stream =>
        {
            stream.WriteByte(1);
            throw new InvalidOperationException("the disk is full");
        }));
        Assert.Equal(before, File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFiles(_folder.Path));
    }
}
