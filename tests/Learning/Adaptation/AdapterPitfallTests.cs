using System.Text.Json;
using System.Text.Json.Nodes;
using Ptune.Learning.Adaptation;
using Ptune.Learning.Adaptation.Peft;
using Ptune.Learning.Formats;
using Ptune.Learning.Models.HuggingFace;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tests.Adaptation;

/// <summary>Faults and oddities of real adapters: tests/fixtures/adapters/adapter-*, each with what is right in its case.json.</summary>
public sealed class AdapterPitfallTests : IDisposable
{
    private const double _tolerance = 2e-5;

    // Files that a case has beside the adapter, and that no repository should have.
    private static readonly Dictionary<string, string[]> _beside = new()
    {
        ["adapter-pickle-only"] = ["adapter_model.bin"],
        ["adapter-training-leftovers"] = ["optimizer.pt", "training_args.bin"],
    };

    private readonly TempFolder _folder = new();

    public static TheoryData<string> Cases(string right) =>
        [.. Directory.GetDirectories(Bases.PathOf("adapters"), "adapter-*").Select(path => Path.GetFileName(path)!).Where(name => Case(name)["right"]!.GetValue<string>() == right).Order()];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Cases), "loads")]
    public void Attach_OddButSound_ComputesWhatPeftDoes(string name) => Assert.Empty(Load(name));

    [Theory]
    [MemberData(nameof(Cases), "loads and says")]
    public void Attach_WorthASentence_LoadsAndSaysIt(string name)
    {
        string notes = string.Join('\n', Load(name));

        Assert.All(Words(name), word => Assert.Contains(word, notes, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Cases), "refused")]
    public void Attach_Fault_IsRefusedByName(string name)
    {
        var error = Assert.ThrowsAny<LearningException>(() => Load(name));

        Assert.All(Words(name), word => Assert.Contains(word, error.Message, StringComparison.Ordinal));
    }

    /// <summary>A list is laid out over several lines in its file; a message has one.</summary>
    [Theory]
    [InlineData("adapter-activated", "alora_invocation_tokens is [5,6], which is not computed here.")]
    [InlineData("adapter-layer-replication", "layer_replication is [[0,2],[1,2]], which is not computed here.")]
    [InlineData("adapter-key-beyond-targets", "is of the base's layer model.layers.0.self_attn.k_proj, which adapter_config.json does not name (target_modules): what was trained there would be lost.")]
    [InlineData("adapter-key-unknown", "belongs to no layer of the base that adapter_config.json names. Is it of another model?")]
    public void Attach_Fault_IsToldInOneLine(string name, string words)
    {
        string message = Assert.ThrowsAny<LearningException>(() => Load(name)).Message;

        Assert.Contains(words, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    /// <summary>The notes, after the logits were found right.</summary>
    private IReadOnlyList<string> Load(string name)
    {
        // "../base-llama/model": the bases lie among the models.
        string model = Path.GetFullPath(Bases.PathOf("pitfalls", "adapters", Case(name)["base"]!.GetValue<string>()));
        var folder = PretrainedFolder.Open(model);
        using var network = Bases.Network(folder);
        using var peft = PeftFolder.Open(Prepare(name));
        using var adapter = peft.Attach(network, [model], CPU);
        using var reference = SafetensorsFile.Open(Bases.PathOf("adapters", name, "reference.safetensors"));
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        TensorAssert.Near(reference.Tensor("logits"), Bases.Logits(network, tensor => reference.Tensor(tensor), adapter.Prompt), _tolerance, name);
        if (adapter.Prompt is not null) return [.. peft.Notes];

        // Merged it is the same, also where that unties the head.
        string target = _folder["merged"];
        MergedModel.Write(folder, network, adapter, target, ScalarType.Float32);
        using var merged = Bases.Network(PretrainedFolder.Open(target));
        TensorAssert.Near(reference.Tensor("logits"), Bases.Logits(merged, tensor => reference.Tensor(tensor)), _tolerance, $"{name}, merged");
        return [.. peft.Notes];
    }

    private string Prepare(string name)
    {
        string adapter = Bases.PathOf("adapters", name, "adapter");
        if (!_beside.TryGetValue(name, out string[]? beside)) return adapter;
        foreach (string file in Directory.GetFiles(adapter)) File.Copy(file, _folder[Path.GetFileName(file)]);
        foreach (string file in beside) File.WriteAllText(_folder[file], "not what its name says");
        return _folder.Path;
    }

    private static JsonNode Case(string name) => JsonNode.Parse(File.ReadAllText(Bases.PathOf("adapters", name, "case.json")))!;

    private static string[] Words(string name) => Case(name)["must_name"].Deserialize<string[]>()!;
}
