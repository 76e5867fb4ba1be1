using Ptune.Cli.Carrying;
using Ptune.Contracts.Carrying;

namespace Ptune.Cli.Tests.Carrying;

public sealed class StoredTensorsTests
{
    private static readonly TensorShapes _patch = Of(
        ("base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight", [4, 16]), ("base_model.model.model.layers.0.self_attn.q_proj.lora_B.weight", [16, 4]), ("base_model.model.model.layers.1.self_attn.q_proj.lora_A.weight", [4, 16]));

    private static readonly TensorShapes _source = Of(("model.layers.0.self_attn.q_proj.weight", [16, 16]), ("model.layers.1.self_attn.q_proj.weight", [16, 16]), ("model.embed_tokens.weight", [90, 16]));

    [Fact]
    public void RequireFit_SameLayers_Fits() =>
        StoredTensors.RequireFit(_patch, _source, Of(("model.layers.0.self_attn.q_proj.weight", [16, 16]), ("model.layers.1.self_attn.q_proj.weight", [16, 16]), ("model.embed_tokens.weight", [99, 16])), "smol@v2");

    [Fact]
    public void RequireFit_OtherShapesAndMissingLayers_AreNamed()
    {
        var refused = Assert.Throws<CliException>(() => StoredTensors.RequireFit(_patch, _source, Of(("model.layers.0.self_attn.q_proj.weight", [24, 24])), "smol@v2"));

        Assert.Contains("does not fit smol@v2: of what it changes, 2 of 2 tensors differ: ", refused.Message, StringComparison.Ordinal);
        Assert.Contains("model.layers.0.self_attn.q_proj.weight is [16, 16] in the source and [24, 24] in smol@v2; model.layers.1.self_attn.q_proj.weight is [16, 16] in the source and missing in smol@v2.", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>A checkpoint of GPT-2's body has no first word before its layers.</summary>
    [Fact]
    public void RequireFit_NamesWithoutTheFirstWord_AreFound() =>
        Assert.Contains("h.0.attn.c_attn.weight", Assert.Throws<CliException>(() => StoredTensors.RequireFit(Of(("base_model.model.transformer.h.0.attn.c_attn.lora_A.weight", [4, 16])), Of(("h.0.attn.c_attn.weight", [16, 48])), Of(("h.0.attn.c_attn.weight", [24, 72])), "smol@v2")).Message, StringComparison.Ordinal);

    /// <summary>The job compares what is not in the store.</summary>
    [Fact]
    public void RequireFit_ModelsThatLieElsewhere_AreNotCompared() => StoredTensors.RequireFit(_patch, _source, Of(), "smol@v2");

    private static TensorShapes Of(params (string Name, long[] Shape)[] tensors) => new(tensors.ToDictionary(tensor => tensor.Name, tensor => tensor.Shape));
}
