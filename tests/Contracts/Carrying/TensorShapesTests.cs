using System.Text;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Carrying;
using Ptune.Contracts.Specs;

namespace Ptune.Contracts.Tests.Carrying;

public sealed class TensorShapesTests
{
    private static readonly TensorShapes s_model = Of(
        ("model.embed_tokens.weight", [90, 16]), ("model.layers.0.self_attn.q_proj.weight", [16, 16]), ("model.layers.0.mlp.up_proj.weight", [40, 16]), ("model.layers.0.input_layernorm.weight", [16]), ("model.norm.weight", [16]));

    [Fact]
    public async Task Read_Headers_GiveNamesAndShapes()
    {
        var read = await ReadAsync("""{"__metadata__": {"format": "pt"}, "a": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}}""");
        Assert.Equal([2L, 3L], Assert.Single(read.ByName).Value);
    }

    [Theory]
    [InlineData("{", null)]
    [InlineData("""{"a": {"dtype": "F32"}}""", null)]
    [InlineData("""{"a": 1}""", null)]
    [InlineData("{}", 99L)]
    [InlineData("{}", long.MaxValue)]
    public async Task Read_DamagedHeader_NamesTheFile(string header, long? length) =>
        Assert.StartsWith("model.safetensors is damaged: ", (await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(header, length))).Message, StringComparison.Ordinal);

    [Fact]
    public void Misfit_OtherShapesAndMissingTensors_AreNamed() => Assert.Equal(
        "2 of 2 tensors differ: model.layers.0.mlp.up_proj.weight is [40, 16] in a and missing in b; model.layers.0.self_attn.q_proj.weight is [16, 16] in a and [24, 24] in b.",
        s_model.Misfit(["model.layers.0.self_attn.q_proj.weight", "model.layers.0.mlp.up_proj.weight"], Of(("model.layers.0.self_attn.q_proj.weight", [24, 24])), "a", "b"));

    /// <summary>A checkpoint of GPT-2's body has no first word before its layers.</summary>
    [Theory]
    [InlineData("h.0.attn.c_attn.weight", "transformer.h.0.attn.c_attn.weight")]
    [InlineData("transformer.h.0.attn.c_attn.weight", "h.0.attn.c_attn.weight")]
    public void Misfit_NamesWithoutTheFirstWord_AreTheSame(string own, string other) => Assert.Null(Of((own, [16, 48])).Misfit([own], Of((other, [16, 48])), "a", "b"));

    /// <summary>Embeddings may be padded and norms are no linear layers.</summary>
    [Theory]
    [InlineData("all-linear", "model.layers.0.mlp.up_proj.weight", "model.layers.0.self_attn.q_proj.weight")]
    [InlineData("q_proj", "model.layers.0.self_attn.q_proj.weight")]
    public void Carried_Deltas_HangOnLinearLayersOfBlocks(string targets, params string[] expected) =>
        Assert.Equal(expected, TensorFit.Of(s_model, Carried.Deltas(new LoraMethod { Targets = targets })).Order(StringComparer.Ordinal));

    [Fact]
    public void Carried_Weights_AreThoseOfTheBlocks() => Assert.Equal(3, TensorFit.Of(s_model, Carried.Weights).Count);

    private static TensorShapes Of(params (string Name, long[] Shape)[] tensors) => new(tensors.ToDictionary(tensor => tensor.Name, tensor => tensor.Shape));

    private static Task<TensorShapes> ReadAsync(string header, long? length = null)
    {
        byte[] bytes = [.. BitConverter.GetBytes(length ?? header.Length), .. Encoding.UTF8.GetBytes(header)];
        return TensorShapes.ReadAsync(
            [new ArtifactFile("golden.safetensors", "sha256:1", 1), new ArtifactFile("model.safetensors", "sha256:0", bytes.Length)], path => Task.FromResult<Stream>(new MemoryStream(path == "model.safetensors" ? bytes : [])), TestContext.Current.CancellationToken);
    }
}
