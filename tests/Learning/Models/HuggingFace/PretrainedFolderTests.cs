using Ptune.Learning.Formats;
using Ptune.Learning.Models.HuggingFace;
using Ptune.Learning.Models.Language;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tests.Models.HuggingFace;

public sealed class PretrainedFolderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_StoredType_IsMappedAndNotCopied()
    {
        using var fixture = new HfFixture("llama-gqa-llama3");
        using var model = fixture.Decoder();
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        model.Logits(fixture["input_ids"], SequenceLayout.Padded(fixture["attention_mask"]));
        var mapped = MappedFile.Of(Path.Combine(fixture.Folder, "model.safetensors"));
        // Read through the page cache, which all processes share, and never written to.
        Assert.True(mapped.Resident > 0);
        Assert.Equal(0, mapped.Private);
    }

    [Fact]
    public void Load_OtherType_IsConvertedOnceAndMapped()
    {
        using var fixture = new HfFixture("llama-tied-bf16-sharded");
        var cache = new WeightCache(_folder["cache"]);
        using var inMemory = (Decoder)PretrainedFolder.Open(fixture.Folder).LanguageModel(ScalarType.Float32, CPU);
        using (var first = PretrainedFolder.Open(fixture.Folder).LanguageModel(ScalarType.Float32, CPU, (cache, "sha256:ab"))) Same(inMemory, first);
        string file = Directory.GetFiles(_folder["cache"]).Single();
        Assert.Equal("sha256-ab-F32.safetensors", Path.GetFileName(file));
        var written = File.GetLastWriteTimeUtc(file);
        using var second = PretrainedFolder.Open(fixture.Folder).LanguageModel(ScalarType.Float32, CPU, (cache, "sha256:ab"));
        Same(inMemory, second);
        Assert.Equal(written, File.GetLastWriteTimeUtc(file));
        var mapped = MappedFile.Of(file);
        Assert.True(mapped.Resident > 0);
        Assert.Equal(0, mapped.Private);
        using var open = PretrainedFolder.Open(fixture.Folder);
        using var converted = SafetensorsFile.Open(file);
        Assert.Equal(WeightCache.BytesOf(open, ScalarType.Float32), new FileInfo(file).Length - converted.Header.DataStart);
        Assert.Equal(0, WeightCache.BytesOf(open, ScalarType.BFloat16));
    }

    [Fact]
    public void LoadTrainable_AnyType_HoldsTheSameNumbersInOneBuffer()
    {
        using var fixture = new HfFixture("llama-tied-bf16-sharded");
        using var open = PretrainedFolder.Open(fixture.Folder);
        using var model = (Decoder)open.Network(open.LoadTrainable(CPU));
        using var scope = NewDisposeScope();
        TensorAssert.Near(fixture["logits"], model.Logits(fixture["input_ids"], SequenceLayout.Padded(fixture["attention_mask"])) * fixture["attention_mask"].unsqueeze(-1), 2e-5, "logits");
        model.Hidden(fixture["input_ids"], SequenceLayout.Padded(fixture["attention_mask"])).square().sum().backward();
        var trainable = (Learning.Models.TrainableParameters)model.Parameters;
        Assert.All(trainable.Gradients(), pair => Assert.True(pair.Gradient!.abs().max().item<float>() > 0, pair.Name));
    }

    [Fact]
    public void Initialize_FreshDecoder_GivesTheSameNumbersForTheSameSeed()
    {
        using var fixture = new HfFixture("gpt2");
        using var open = PretrainedFolder.Open(fixture.Folder);
        using var first = Fresh(open, 1);
        using var second = Fresh(open, 1);
        using var other = Fresh(open, 2);
        Assert.True(TensorAssert.Same(first.Values, second.Values));
        Assert.False(TensorAssert.Same(first.Values, other.Values));

        static Learning.Models.TrainableParameters Fresh(PretrainedFolder folder, long seed)
        {
            var parameters = Learning.Models.TrainableParameters.Of(folder.Config.Parameters, CPU);
            parameters.Initialize(seed);
            return parameters;
        }
    }

    private static void Same(Decoder expected, Learning.Models.CausalLanguageModel actual)
    {
        foreach (var declared in expected.Config.Parameters) Assert.True(TensorAssert.Same(expected.Parameters[declared.Name], actual.Parameters[declared.Name]), declared.Name);
    }
}
