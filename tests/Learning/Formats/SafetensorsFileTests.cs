using System.Buffers.Binary;
using System.Text;
using Ptune.Learning.Formats;
using static TorchSharp.torch;

namespace Ptune.Learning.Tests.Formats;

public sealed class SafetensorsFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_FileWrittenByHand_GivesTensorAndMetadata()
    {
        string path = Write("""{"__metadata__":{"format":"pt"},"w":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]}}  """, Floats(1.5f, -2));
        using var file = SafetensorsFile.Open(path);
        using var tensor = file.Tensor("w", 2, 1);
        Assert.Equal("pt", file.Metadata["format"]);
        Assert.Equal([2, 1], tensor.shape);
        Assert.Equal([1.5f, -2f], tensor.data<float>().ToArray());
    }

    [Fact]
    public void Tensor_WrittenTo_LeavesTheFileAlone()
    {
        string path = Write("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}  """, Floats(1, 2));
        byte[] before = File.ReadAllBytes(path);
        using (var file = SafetensorsFile.Open(path))
        {
            using var tensor = file.Tensor("w");
            tensor.fill_(9);
            Assert.Equal([9f, 9f], file.Elements<float>("w", TensorType.F32).ToArray());
        }

        Assert.Equal(before, File.ReadAllBytes(path));
    }

    [Fact]
    public void Tensor_OfEveryType_HasItsElementType()
    {
        string path = Write(
            """{"a":{"dtype":"BF16","shape":[1],"data_offsets":[0,2]},"b":{"dtype":"F16","shape":[],"data_offsets":[2,4]},"c":{"dtype":"BOOL","shape":[2],"data_offsets":[4,6]},"d":{"dtype":"F32","shape":[0,3],"data_offsets":[6,6]}}""",
            [0x80, 0x3f, 0x00, 0x3c, 1, 0]);
        using var file = SafetensorsFile.Open(path);
        using var bf16 = file.Tensor("a");
        using var f16 = file.Tensor("b");
        using var boolean = file.Tensor("c");
        using var none = file.Tensor("d");
        Assert.Equal((ScalarType.BFloat16, ScalarType.Float16, ScalarType.Bool), (bf16.dtype, f16.dtype, boolean.dtype));
        Assert.Equal(1, bf16.to_type(ScalarType.Float32).item<float>());
        Assert.Equal(1, f16.to_type(ScalarType.Float32).item<float>());
        Assert.Equal([0, 3], none.shape);
    }

    [Theory]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}""", 8, "not valid JSON")]
    [InlineData("""["w"]""", 8, "does not begin with '{'")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"w":{"dtype":"F32","shape":[0],"data_offsets":[8,8]}}""", 8, "there twice")]
    [InlineData("""{"w":{"dtype":"F99","shape":[2],"data_offsets":[0,8]}}""", 8, "dtype 'F99'")]
    [InlineData("""{"w":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8, "needs 12 bytes")]
    [InlineData("""{"w":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,8]}}""", 8, "too large")]
    [InlineData("""{"w":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", 8, "holds -2")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2.5],"data_offsets":[0,8]}}""", 8, "holds 2.5")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", 8, "data_offsets are 8 to 0")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[0]}}""", 8, "1 numbers, not 2")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2]}}""", 8, "has no data_offsets")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"dtype":"F32"}}""", 8, "dtype is there twice")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "4 bytes follow")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 0, "leaves a gap")]
    [InlineData("""{"v":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"w":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 4, "overlaps")]
    [InlineData("""{"w":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}}""", 8, "4 more bytes")]
    [InlineData("""{"__metadata__":{"a":1},"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8, "is not a string")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}} x""", 8, "not valid JSON")]
    public void Open_BadHeader_NamesFileOffsetAndProblem(string header, int dataOffset, string problem)
    {
        string path = Write(header, Floats(1, 2));
        var error = Assert.Throws<MalformedFileException>(() => SafetensorsFile.Open(path));
        Assert.Equal(path, error.File);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        long dataStart = 8 + header.Length;
        Assert.InRange(error.Offset, 8, dataStart + dataOffset);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(20)]
    [InlineData(70)]
    public void Open_Truncated_IsRefused(int length)
    {
        string path = Write("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}            """, Floats(1, 2));
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..length]);
        Assert.Throws<MalformedFileException>(() => SafetensorsFile.Open(path));
    }

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(1UL << 40)]
    [InlineData(100UL)]
    public void Open_HeaderLongerThanTheFile_IsRefusedAtOffsetZero(ulong length)
    {
        string path = Write("{}", []);
        byte[] content = File.ReadAllBytes(path);
        BinaryPrimitives.WriteUInt64LittleEndian(content, length);
        File.WriteAllBytes(path, content);
        Assert.Equal(0, Assert.Throws<MalformedFileException>(() => SafetensorsFile.Open(path)).Offset);
    }

    [Fact]
    public void Tensor_OtherShapeOrName_IsRefused()
    {
        string path = Write("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", Floats(1, 2));
        using var file = SafetensorsFile.Open(path);
        Assert.Contains("[2], not [3]", Assert.Throws<MalformedFileException>(() => file.Tensor("w", 3)).Message, StringComparison.Ordinal);
        Assert.Contains("no tensor 'x'", Assert.Throws<MalformedFileException>(() => file.Tensor("x")).Message, StringComparison.Ordinal);
    }

    private static byte[] Floats(params float[] values) => [.. values.SelectMany(BitConverter.GetBytes)];

    private string Write(string header, byte[] data)
    {
        byte[] json = Encoding.UTF8.GetBytes(header);
        string path = _folder["file.safetensors"];
        File.WriteAllBytes(path, [.. BitConverter.GetBytes((long)json.Length), .. json, .. data]);
        return path;
    }
}
