using Ptune.Fixtures;
using Ptune.Learning.Checks;
using Ptune.Learning.Formats;
using Ptune.Learning.Models.HuggingFace;
using Ptune.Learning.Tests.Models.HuggingFace;
using static TorchSharp.torch;

namespace Ptune.Learning.Tests.Checks;

public sealed class ModelCheckTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Names => [.. HfFixture.Decoders, "bert-sequence-classification", "vit", "clip", "clip-old-end"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Run_TransformersOutputs_AreRight(string name)
    {
        using var fixture = new HfFixture(name);
        var result = ModelCheck.Run(new ModelCheckOptions { Folder = fixture.Folder, Expect = Path.Combine(fixture.Folder, "reference.safetensors") });
        Assert.True(result.IsRight);
        Assert.InRange(result.Difference!.Value, 0, 2e-5);
        Assert.Equal("unknown", result.Licence);
    }

    [Fact]
    public void Run_InBfloat16_IsJudgedByTheLibrarysOwnRounding()
    {
        using var fixture = new HfFixture("llama-tied-bf16-sharded");
        var options = new ModelCheckOptions { Folder = fixture.Folder, Expect = Path.Combine(fixture.Folder, "reference.safetensors"), Dtype = "bfloat16" };
        var result = ModelCheck.Run(options);
        Assert.True(result.IsRight);
        Assert.InRange(result.Difference!.Value, 1e-4, result.Allowed!.Value);
        using var plain = new HfFixture("gpt2");
        Assert.Contains("logits_bf16", Refusal(options with { Folder = plain.Folder, Expect = Path.Combine(plain.Folder, "reference.safetensors") }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lora-qv", "llama-gqa-llama3")]
    [InlineData("gpt2-conv1d", "gpt2")]
    [InlineData("prompt-tuning", "qwen2-tied")]
    [InlineData("bert-lora", "bert-sequence-classification")]
    public void Run_WithAnAdapter_ComparesBaseAndAdapter(string adapter, string model)
    {
        using var fixture = new HfFixture(model);
        string peft = Repository.PathOf("tests", "fixtures", "peft", adapter);
        var options = new ModelCheckOptions { Folder = fixture.Folder, Adapter = peft, Expect = Path.Combine(peft, "reference.safetensors") };
        Assert.True(ModelCheck.Run(options).IsRight);
        Assert.False(ModelCheck.Run(options with { Adapter = null }).IsRight);
    }

    [Fact]
    public void Run_OtherOutputs_AreNotRight()
    {
        using var fixture = new HfFixture("gpt2");
        using var scope = NewDisposeScope();
        var logits = fixture["logits"].clone();
        logits[0, 3, 5] += logits.abs().max() * 2e-4;
        string expect = Expect(("input_ids", fixture["input_ids"]), ("attention_mask", fixture["attention_mask"]), ("logits", logits));
        var result = ModelCheck.Run(new ModelCheckOptions { Folder = fixture.Folder, Expect = expect });
        Assert.False(result.IsRight);
        Assert.InRange(result.Difference!.Value, 1.8e-4, 2.2e-4);
        Assert.True(ModelCheck.Run(new ModelCheckOptions { Folder = fixture.Folder, Expect = expect, Tolerance = 3e-4 }).IsRight);
    }

    [Fact]
    public void Run_ExpectationsOfAnotherModel_AreRefused()
    {
        using var fixture = new HfFixture("gpt2");
        using var scope = NewDisposeScope();
        var (ids, logits) = (fixture["input_ids"], fixture["logits"]);
        Assert.Contains("0 to 129", Refuse(("input_ids", ids + 500), ("logits", logits)), StringComparison.Ordinal);
        Assert.Contains("[3, 24, 129]", Refuse(("input_ids", ids), ("logits", logits.narrow(2, 0, 129))), StringComparison.Ordinal);
        Assert.Contains("input_ids", Refuse(("logits", logits)), StringComparison.Ordinal);
        Assert.Contains("logits", Refuse(("input_ids", ids)), StringComparison.Ordinal);
        var tooLong = zeros([1, 65], ScalarType.Int64);
        Assert.Contains("65 tokens", Refuse(("input_ids", tooLong), ("logits", zeros(1, 65, 130))), StringComparison.Ordinal);

        string Refuse(params (string, Tensor)[] tensors) => Refusal(new ModelCheckOptions { Folder = fixture.Folder, Expect = Expect(tensors) });
    }

    [Fact]
    public void Run_Folder_IsDescribed()
    {
        using var fixture = new HfFixture("llama-tied-bf16-sharded");
        string folder = _folder.Folder("model");
        foreach (string file in Directory.GetFiles(fixture.Folder)) File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        File.WriteAllText(Path.Combine(folder, "README.md"), "---\ntags: [x]\nlicense: apache-2.0\n---\n# Model\nlicense: none\n");
        var result = ModelCheck.Run(new ModelCheckOptions { Folder = folder, Licence = "mit" });
        Assert.Equal(("llama", 64L, "160 tokens", "apache-2.0"), (result.Family, result.Context!.Value, result.OutputSpace, result.Licence));
        Assert.Equal(["bfloat16"], result.Dtypes);
        Assert.Null(result.Difference);
        Assert.True(result.IsRight);
        using var open = PretrainedFolder.Open(folder);
        Assert.Equal(open.Weights.Names.Sum(name => open.Weights.Entry(name).Shape.Aggregate(1L, (a, b) => a * b)), result.Parameters);
    }

    private static string Refusal(ModelCheckOptions options) => Assert.ThrowsAny<LearningException>(() => ModelCheck.Run(options)).Message;

    private string Expect(params (string Name, Tensor Tensor)[] tensors)
    {
        string path = _folder["expect.safetensors"];
        SafetensorsWriter.Write(path, tensors.Select(pair => TensorBytes.Of(pair.Name, pair.Tensor)));
        return path;
    }
}
