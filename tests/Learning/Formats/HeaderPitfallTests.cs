using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Ptune.Fixtures;
using Ptune.Learning.Formats;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tests.Formats;

/// <summary>Hostile and odd safetensors files.</summary>
public sealed class HeaderPitfallTests : IDisposable
{
    private static readonly string _source = Repository.PathOf("tests", "fixtures", "pitfalls", "headers");
    private static readonly JsonDocument _cases = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(_source, "cases.json")));

    private readonly TempFolder _folder = new();

    public static TheoryData<string> Names => [.. _cases.RootElement.EnumerateArray().Select(item => item.GetProperty("name").GetString()!)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void Open_Pitfall_IsTakenAsItsCaseSays(string name)
    {
        var item = _cases.RootElement.EnumerateArray().Single(item => item.GetProperty("name").GetString() == name);
        string path = item.GetProperty("file").GetString() is { } file ? Path.Combine(_source, file) : Generate(name);
        if (item.GetProperty("right").GetString() == "refused")
        {
            var error = Assert.Throws<MalformedFileException>(() => SafetensorsFile.Open(path));
            foreach (var word in item.GetProperty("must_name").EnumerateArray()) Assert.Contains(word.GetString()!, error.Message, StringComparison.Ordinal);
            return;
        }

        using var opened = SafetensorsFile.Open(path);
        if (item.GetProperty("expect").ValueKind == JsonValueKind.Object) Compare(opened, item.GetProperty("expect"));
        else Assert.NotEmpty(opened.Header.Entries);
    }

    [Fact]
    public void Tensor_NameWithControlCharacters_IsNotPrintedRaw()
    {
        using var opened = SafetensorsFile.Open(Path.Combine(_source, "name-with-control-characters.safetensors"));
        string name = opened.Header.Entries.Keys.Single();
        string message = Assert.Throws<MalformedFileException>(() => opened.Tensor(name, 1)).Message;
        Assert.DoesNotContain(message, char.IsControl);
        Assert.Contains("\\u001b", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tensor_OfATypeThatCannotBeComputedWith_IsRefused()
    {
        using var opened = SafetensorsFile.Open(Path.Combine(_source, "bytes-of-f8.safetensors"));
        Assert.Contains("F8_E4M3", Assert.Throws<MalformedFileException>(() => opened.Tensor("w.alpha")).Message, StringComparison.Ordinal);
    }

    private static void Compare(SafetensorsFile opened, JsonElement expected)
    {
        Assert.Equal(expected.EnumerateObject().Count(), opened.Header.Entries.Count);
        foreach (var tensor in expected.EnumerateObject())
        {
            // The case of the very long name calls it by another.
            var entry = opened.Header.Entries.Count == 1 ? opened.Header.Entries.Values.Single() : opened.Entry(tensor.Name);
            Assert.Equal(tensor.Value.GetProperty("dtype").GetString(), entry.Type.Name);
            Assert.Equal(tensor.Value.GetProperty("shape").EnumerateArray().Select(dimension => dimension.GetInt64()), entry.Shape);
            if (!tensor.Value.TryGetProperty("values", out var values)) continue;
            using var read = opened.Tensor(entry.Name);
            Assert.Equal(values.EnumerateArray().Select(value => value.GetSingle()), read.NumberOfElements == 0 ? [] : read.data<float>().ToArray());
        }
    }

    private string Generate(string name)
    {
        const int levels = 100_000, names = 100_000, longest = 150_000_000;
        string header = name switch
        {
            "nesting-100000" => $"{{\"a\": {new string('[', levels)}{new string(']', levels)}}}",
            "names-100000" => $"{{{string.Join(',', Enumerable.Range(0, names).Select(i => $"\"t{i}\":{{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[{4 * i},{4 * (i + 1)}]}}"))}}}",
            // Its bytes are never read, so there are none.
            "header-150-mb" => "",
            _ => throw new ArgumentOutOfRangeException(nameof(name)),
        };
        string path = _folder[$"{name}.safetensors"];
        byte[] length = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)(header.Length > 0 ? header.Length : longest));
        File.WriteAllBytes(path, [.. length, .. Encoding.ASCII.GetBytes(header)]);
        using var file = File.OpenWrite(path);
        if (name == "names-100000") file.SetLength(file.Length + (4 * names));
        if (name == "header-150-mb") file.SetLength(longest + 8 + 16);
        return path;
    }
}
