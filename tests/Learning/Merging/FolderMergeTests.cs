using System.Text.Json.Nodes;
using Ptune.Learning.Adaptation;
using Ptune.Learning.Formats;
using Ptune.Learning.Merging;
using Ptune.Learning.Models.HuggingFace;
using Ptune.Learning.Tests.Adaptation;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tests.Merging;

/// <summary>A merged folder holds base + adapter, summed in f32 and rounded once, and appears whole or not at all.</summary>
public sealed class FolderMergeTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public static TheoryData<string> Mergeable => PeftFolderTests.Mergeable;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Mergeable))]
    public void Run_EveryFamily_ComputesPeftsMergedLogits(string name)
    {
        FolderMerge.Run(Options(name, "merged", "float32"));

        using var reference = SafetensorsFile.Open(Bases.PathOf("peft", name, "reference.safetensors"));
        using var merged = Bases.Network(PretrainedFolder.Open(_folder["merged"]));
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        TensorAssert.Near(reference.Tensor("logits_merged"), Bases.Logits(merged, tensor => reference.Tensor(tensor)), 2e-5, name);
    }

    [Theory]
    [InlineData(null, "tied-bf16", ScalarType.BFloat16)]
    [InlineData(null, "lora-qv", ScalarType.Float32)]
    [InlineData("float16", "tied-bf16", ScalarType.Float16)]
    [InlineData("bfloat16", "lora-qv", ScalarType.BFloat16)]
    public void Run_AnyType_RoundsTheSumOnce(string? dtype, string name, ScalarType type)
    {
        FolderMerge.Run(Options(name, "merged", dtype));

        using var scope = NewDisposeScope();
        using var from = PretrainedFolder.Open(Base(name));
        using var merged = PretrainedFolder.Open(_folder["merged"]);
        using var patch = SafetensorsFile.Open(Bases.PathOf("peft", name, "adapter_model.safetensors"));
        var settings = Json(Bases.PathOf("peft", name, "adapter_config.json"));
        double scale = settings["lora_alpha"]!.GetValue<double>() / settings["r"]!.GetValue<double>();
        const string layer = "model.layers.0.self_attn.q_proj";
        var sum = from.Weights.Tensor($"{layer}.weight").to_type(ScalarType.Float32)
            + (patch.Tensor($"base_model.model.{layer}.lora_B.weight").matmul(patch.Tensor($"base_model.model.{layer}.lora_A.weight")) * scale);
        Assert.True(TensorAssert.Same(sum.to_type(type), merged.Weights.Tensor($"{layer}.weight")));
        Assert.True(TensorAssert.Same(from.Weights.Tensor("model.norm.weight").to_type(type), merged.Weights.Tensor("model.norm.weight")));
        if (dtype is not null) Assert.Contains(dtype, Json(Path.Combine(_folder["merged"], "config.json")).Where(pair => pair.Key.EndsWith("dtype", StringComparison.Ordinal)).Select(pair => pair.Value!.GetValue<string>()));
    }

    [Fact]
    public void Run_ModuleSavedForABaseInBfloat16_IsNotRoundedToItsType()
    {
        // The same base in bf16: what the adapter holds whole has 24 bits all the same.
        var config = Json(Path.Combine(Base("head-saved"), "config.json"));
        using (var from = PretrainedFolder.Open(Base("head-saved")))
        {
            ShardWriter.Write(_folder.Folder("base"), [.. from.Weights.Names.Select(name => TensorBytes.Of(name, from.Weights.Tensor(name).to_type(ScalarType.BFloat16)))]);
            File.WriteAllText(Path.Combine(_folder["base"], "config.json"), config.ToJsonString());
        }

        FolderMerge.Run(new FolderMergeOptions { Model = _folder["base"], Patch = Bases.PathOf("peft", "head-saved"), Target = _folder["merged"], Dtype = "float32" });

        using var patch = SafetensorsFile.Open(Bases.PathOf("peft", "head-saved", "adapter_model.safetensors"));
        using var merged = PretrainedFolder.Open(_folder["merged"]);
        using var saved = patch.Tensor("base_model.model.lm_head.weight");
        using var head = merged.Weights.Tensor("lm_head.weight");
        Assert.True(TensorAssert.Same(saved, head));
        using var rounded = saved.to_type(ScalarType.BFloat16).to_type(ScalarType.Float32);
        Assert.False(TensorAssert.Same(saved, rounded));
    }

    [Fact]
    public void Write_MoreThanAShardHolds_IsIndexed()
    {
        var folder = PretrainedFolder.Open(Base("lora-qv"));
        using var network = folder.Network(folder.LoadAsStored());
        using var peft = Learning.Adaptation.Peft.PeftFolder.Open(Bases.PathOf("peft", "lora-qv"));
        using var adapter = peft.Attach(network, [], CPU);
        // The largest tensor fits.
        const int shardBytes = 40_000;

        var (bytes, files) = MergedModel.Write(folder, network, adapter, _folder["merged"], shardBytes: shardBytes);

        Assert.True(files > 2);
        var index = Json(Path.Combine(_folder["merged"], "model.safetensors.index.json"));
        Assert.Equal(bytes, index["metadata"]!["total_size"]!.GetValue<long>());
        Assert.All(Directory.GetFiles(_folder["merged"], "*.safetensors"), path => Assert.InRange(new FileInfo(path).Length, 1, shardBytes + 8_000));
        using var merged = PretrainedFolder.Open(_folder["merged"]);
        Assert.Equal(files, merged.Weights.Files.Count);
        Assert.Equal(folder.Keys.Keys.Order(), merged.Keys.Keys.Order());
        Assert.Empty(merged.Notes);
    }

    [Fact]
    public void Run_FilesBesideTheWeights_AreThoseOfAModel()
    {
        string model = _folder.Folder("base");
        File.Copy(Path.Combine(Base("lora-qv"), "model.safetensors"), Path.Combine(model, "other.safetensors"));
        var config = Json(Path.Combine(Base("lora-qv"), "config.json"));
        config["transformers_weights"] = "other.safetensors";
        File.WriteAllText(Path.Combine(model, "config.json"), config.ToJsonString());
        string[] kept = ["LICENSE", "README.md", "chat_template.jinja", "generation_config.json", "merges.txt", "tokenizer_config.json"];
        foreach (string name in kept) File.WriteAllText(Path.Combine(model, name), name == "generation_config.json" ? "{}" : name);
        foreach (string name in new[] { "adapter_config.json", "pytorch_model.bin", "model.onnx", "trainer_state.json", ".gitattributes", "modeling.py" }) File.WriteAllText(Path.Combine(model, name), "{}");
        Directory.CreateDirectory(Path.Combine(model, "additional_chat_templates"));
        File.WriteAllText(Path.Combine(model, "additional_chat_templates", "tools.jinja"), "t");

        FolderMerge.Run(new FolderMergeOptions { Model = model, Patch = Bases.PathOf("peft", "lora-qv"), Target = _folder["merged"] });

        Assert.Equal(
            [.. kept.Concat(["additional_chat_templates/tools.jinja", "config.json", "model.safetensors"]).Order(StringComparer.Ordinal)],
            Directory.GetFiles(_folder["merged"], "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(_folder["merged"], path)).Order(StringComparer.Ordinal));
        Assert.False(Json(Path.Combine(_folder["merged"], "config.json")).ContainsKey("transformers_weights"));
        Assert.Equal("merges.txt", File.ReadAllText(Path.Combine(_folder["merged"], "merges.txt")));
    }

    [Fact]
    public void Run_SumBeyondFloat16_IsRefusedAndLeavesNothing()
    {
        string patch = _folder.Folder("patch");
        File.Copy(Bases.PathOf("peft", "lora-qv", "adapter_config.json"), Path.Combine(patch, "adapter_config.json"));
        using (var from = SafetensorsFile.Open(Bases.PathOf("peft", "lora-qv", "adapter_model.safetensors")))
            SafetensorsWriter.Write(Path.Combine(patch, "adapter_model.safetensors"), from.Header.Entries.Keys.Select(key => TensorBytes.Of(key, from.Tensor(key) * (key.Contains("lora_B", StringComparison.Ordinal) ? 1e7 : 1))));
        string target = Path.Combine(_folder["new"], "below", "merged");

        var error = Assert.ThrowsAny<LearningException>(() => FolderMerge.Run(new FolderMergeOptions { Model = Base("lora-qv"), Patch = patch, Target = target, Dtype = "float16" }));

        Assert.Contains("beyond float16", error.Message, StringComparison.Ordinal);
        Assert.Contains("q_proj", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["new"]));
        FolderMerge.Run(new FolderMergeOptions { Model = Base("lora-qv"), Patch = patch, Target = target, Dtype = "bfloat16" });
        Assert.True(File.Exists(Path.Combine(target, "config.json")));
    }

    [Fact]
    public void Run_Stopped_LeavesAnEmptyFolderAsItWas()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        _folder.Folder("merged");

        Assert.ThrowsAny<OperationCanceledException>(() => FolderMerge.Run(Options("lora-qv", "merged", null), stop.Token));

        Assert.Empty(Directory.GetFileSystemEntries(_folder["merged"]));
    }

    [Theory]
    [InlineData("prompt-tuning", "soft prompt")]
    [InlineData("gpt2-conv1d", "no tensor")]
    public void Run_PatchThatCannotBeMerged_IsRefusedBeforeAnythingIsMade(string name, string words)
    {
        // GPT-2's adapter means no layer of a Llama.
        var error = Assert.ThrowsAny<LearningException>(() =>
            FolderMerge.Run(new FolderMergeOptions { Model = Base("lora-qv"), Patch = Bases.PathOf("peft", name), Target = _folder["merged"] }));

        if (name == "prompt-tuning") Assert.Contains(words, error.Message, StringComparison.Ordinal);
        else Assert.Contains("target_modules", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["merged"]));
    }

    [Fact]
    public void Run_AdapterBehindItsLayers_IsRefusedBeforeAnythingIsMade()
    {
        using (var network = (Learning.Models.Language.Decoder)Bases.Network(PretrainedFolder.Open(Base("lora-qv"))))
        using (var adapter = Adapter.Create(HoulsbyAdapters.Layout(network, ModulePattern.Ends([network.Config.Names.Output, network.Config.Names.Down]), 4), CPU, seed: 1))
            BottleneckFolder.Write(_folder.Folder("patch"), adapter, 4);

        var error = Assert.Throws<AdapterRefusedException>(() => FolderMerge.Run(new FolderMergeOptions { Model = Base("lora-qv"), Patch = _folder["patch"], Target = _folder["merged"] }));

        Assert.Contains("cannot be merged", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["merged"]));
    }

    [Fact]
    public void Run_FolderInUse_IsRefused()
    {
        File.WriteAllText(Path.Combine(_folder.Folder("merged"), "mine"), "mine");

        var error = Assert.Throws<AdapterRefusedException>(() => FolderMerge.Run(Options("lora-qv", "merged", null)));

        Assert.Contains("not empty", error.Message, StringComparison.Ordinal);
        Assert.Equal(["mine"], Directory.GetFileSystemEntries(_folder["merged"]).Select(path => Path.GetFileName(path)));
    }

    private FolderMergeOptions Options(string name, string target, string? dtype) => new() { Model = Base(name), Patch = Bases.PathOf("peft", name), Target = _folder[target], Dtype = dtype };

    private static string Base(string name) => Bases.PathOf(Json(Bases.PathOf("peft", name, "adapter_config.json"))["base_model_name_or_path"]!.GetValue<string>());

    private static JsonObject Json(string path) => JsonNode.Parse(File.ReadAllText(path))!.AsObject();
}
