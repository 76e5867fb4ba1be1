using System.Text.Json.Nodes;
using Ptune.Learning.Adaptation;
using Ptune.Learning.Adaptation.Peft;
using Ptune.Learning.Formats;
using Ptune.Learning.Models.HuggingFace;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tests.Adaptation;

/// <summary>Adapters that PEFT wrote compute what PEFT computes with them: live, merged, and written again by us.</summary>
public sealed class PeftFolderTests : IDisposable
{
    private const double _tolerance = 2e-5;

    private readonly TempFolder _folder = new();

    public static TheoryData<string> Names => [.. Directory.GetDirectories(Bases.PathOf("peft")).Select(path => Path.GetFileName(path)!).Order()];

    public static TheoryData<string> Mergeable => [.. Names.Select(row => row.Data).Where(name => name != "prompt-tuning")];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void Attach_PeftsAdapter_ComputesPeftsLogits(string name)
    {
        using var reference = Reference(name);
        using var peft = PeftFolder.Open(Bases.PathOf("peft", name));
        using var network = Bases.Network(Base(name));
        using var adapter = peft.Attach(network, [BaseOf(name)], CPU);
        using var scope = NewDisposeScope();
        using var _ = no_grad();

        TensorAssert.Near(reference.Tensor("logits"), Bases.Logits(network, tensor => reference.Tensor(tensor), adapter.Prompt), _tolerance, name);
        Assert.Empty(peft.Notes);
    }

    [Theory]
    [MemberData(nameof(Mergeable))]
    public void Write_Merged_ComputesPeftsMergedLogits(string name)
    {
        using (var peft = PeftFolder.Open(Bases.PathOf("peft", name)))
        {
            var folder = Base(name);
            using var network = Bases.Network(folder);
            using var adapter = peft.Attach(network, [BaseOf(name)], CPU);
            MergedModel.Write(folder, network, adapter, _folder["merged"], ScalarType.Float32);
        }

        using var reference = Reference(name);
        using var merged = Bases.Network(PretrainedFolder.Open(_folder["merged"]));
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        TensorAssert.Near(reference.Tensor("logits_merged"), Bases.Logits(merged, tensor => reference.Tensor(tensor)), _tolerance, name);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Write_OurFolder_IsReadAsTheSameAdapter(string name)
    {
        using (var peft = PeftFolder.Open(Bases.PathOf("peft", name)))
        {
            using var network = Bases.Network(Base(name));
            using var adapter = peft.Attach(network, [BaseOf(name)], CPU);
            PeftWriter.Write(_folder["ours"], adapter, network, (peft.Config as LoraPeftConfig)?.Settings, BaseOf(name));
        }

        using var reference = Reference(name);
        using var ours = PeftFolder.Open(_folder["ours"]);
        using var again = Bases.Network(Base(name));
        using var attached = ours.Attach(again, [BaseOf(name)], CPU);
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        TensorAssert.Near(reference.Tensor("logits"), Bases.Logits(again, tensor => reference.Tensor(tensor), attached.Prompt), _tolerance, name);
        Assert.Empty(ours.Notes);
        // PEFT on transformers 5 knows the names of transformers 5 only, which is what the other ViT folder has.
        if (name != "vit-lora-v4names") Assert.Equal(Keys(Bases.PathOf("peft", name)), Keys(_folder["ours"]));
        // Literally: every version of PEFT finds a rank by the module's whole name, and not all by an expression for it.
        Assert.Subset(Listed("target_modules"), Listed("rank_pattern"));
        Assert.Subset(Listed("target_modules"), Listed("alpha_pattern"));
    }

    [Fact]
    public void Write_Merged_IsRoundedOnceToTheStoredType()
    {
        const string name = "lora-qv";
        using var peft = PeftFolder.Open(Bases.PathOf("peft", name));
        var folder = Base(name);
        using var network = Bases.Network(folder);
        using var adapter = peft.Attach(network, [BaseOf(name)], CPU);

        MergedModel.Write(folder, network, adapter, _folder["merged"]);

        using var merged = PretrainedFolder.Open(_folder["merged"]);
        Assert.Equal(folder.Keys.Keys.Order(), merged.Keys.Keys.Order());
        Assert.All(folder.Keys, pair => Assert.Equal(folder.Weights.Tensor(pair.Value).dtype, merged.Weights.Tensor(merged.Keys[pair.Key]).dtype));
        using var untouched = folder.Weights.Tensor(folder.Keys["model.embed_tokens.weight"]);
        using var copied = merged.Weights.Tensor(merged.Keys["model.embed_tokens.weight"]);
        Assert.True(TensorAssert.Same(untouched, copied));
    }

    [Theory]
    [InlineData("lora-qv")]
    [InlineData("head-saved")]
    [InlineData("prompt-tuning")]
    public void Attach_BaseInBfloat16_ComputesNearly(string name)
    {
        using var reference = Reference(name);
        using var peft = PeftFolder.Open(Bases.PathOf("peft", name));
        using var network = Base(name).LanguageModel(ScalarType.BFloat16, CPU);
        using var adapter = peft.Attach(network, [BaseOf(name)], CPU);
        using var scope = NewDisposeScope();
        using var _ = no_grad();

        // A few times what rounding to bf16 does to the base alone.
        TensorAssert.Near(reference.Tensor("logits"), Bases.Logits(network, tensor => reference.Tensor(tensor), adapter.Prompt), 0.05, name);
    }

    [Fact]
    public void Write_FolderInUse_IsRefused()
    {
        const string name = "lora-qv";
        using var peft = PeftFolder.Open(Bases.PathOf("peft", name));
        var folder = Base(name);
        using var network = Bases.Network(folder);
        using var adapter = peft.Attach(network, [BaseOf(name)], CPU);
        File.WriteAllText(Path.Combine(_folder.Folder("used"), "a"), "a");

        Assert.Throws<AdapterRefusedException>(() => MergedModel.Write(folder, network, adapter, _folder["used"]));
        Assert.Throws<AdapterRefusedException>(() => PeftWriter.Write(_folder["used"], adapter, network, ((LoraPeftConfig)peft.Config).Settings, null));

        Assert.Equal("a", File.ReadAllText(Path.Combine(_folder["used"], "a")));
    }

    [Fact]
    public void Write_SoftPromptMerged_IsRefused()
    {
        using var peft = PeftFolder.Open(Bases.PathOf("peft", "prompt-tuning"));
        var folder = Base("prompt-tuning");
        using var network = Bases.Network(folder);
        using var adapter = peft.Attach(network, [BaseOf("prompt-tuning")], CPU);

        Assert.Throws<AdapterRefusedException>(() => MergedModel.Write(folder, network, adapter, _folder["merged"]));
        Assert.False(Directory.Exists(_folder["merged"]));
    }

    private HashSet<string> Listed(string member) => JsonNode.Parse(File.ReadAllText(Path.Combine(_folder["ours"], PeftFolder.ConfigFile)))![member] switch
    {
        JsonArray names => [.. names.Select(name => name!.GetValue<string>())],
        JsonObject patterns => [.. patterns.Select(pattern => pattern.Key)],
        _ => [],
    };

    private static SafetensorsFile Reference(string name) => SafetensorsFile.Open(Bases.PathOf("peft", name, "reference.safetensors"));

    private static string BaseOf(string name) =>
        JsonNode.Parse(File.ReadAllText(Bases.PathOf("peft", name, PeftFolder.ConfigFile)))!["base_model_name_or_path"]!.GetValue<string>();

    private static PretrainedFolder Base(string name) => PretrainedFolder.Open(Bases.PathOf(BaseOf(name)));

    private static IEnumerable<string> Keys(string folder)
    {
        using var file = SafetensorsFile.Open(Path.Combine(folder, PeftFolder.WeightsFile));
        return file.Header.Entries.Keys.Order().ToList();
    }
}
