using Ptune.Learning.Adaptation.Peft;
using Ptune.Learning.Formats;
using Ptune.Learning.Importing;
using Ptune.Learning.Models.HuggingFace;
using Ptune.Learning.Tests.Adaptation;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tests.Importing;

/// <summary>An imported PEFT folder fits its base, and computes what it did when it was imported.</summary>
public sealed class PatchImportTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public static TheoryData<string> Names => PeftFolderTests.Names;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void Run_EveryKind_IsAPeftFolderThatReproducesItsGoldenOutputs(string name)
    {
        string model = Bases.PathOf(BaseOf(name));

        var imported = PatchImport.Run(new PatchImportOptions { Folder = Bases.PathOf("peft", name), Base = model, BaseNames = [BaseOf(name)], Target = _folder["artifact"] });

        Assert.Equal(["adapter_config.json", "adapter_model.safetensors", "golden.safetensors"], imported.Files);
        Assert.True(imported.Facts.ProbeChange > 1e-4, $"{imported.Facts.ProbeChange}");
        using var network = Bases.Network(PretrainedFolder.Open(model));
        Assert.ThrowsAny<LearningException>(() => PatchImport.Verify(_folder["artifact"], network, ScalarType.Float32, null));
        using var peft = PeftFolder.Open(_folder["artifact"]);
        using var adapter = peft.Attach(network, [BaseOf(name)], CPU);
        PatchImport.Verify(_folder["artifact"], network, ScalarType.Float32, adapter.Prompt);
        using var folder = PretrainedFolder.Open(model);
        Assert.Equal(WeightsFingerprint.Of(folder), imported.Facts.BaseWeights);
    }

    [Fact]
    public void Facts_OfEachKind_AreThoseOfItsFile()
    {
        var lora = Facts("lora-qv");
        Assert.Equal("lora", lora.Kind);
        Assert.Equal(["q_proj", "v_proj"], lora.Targets);
        Assert.Empty(lora.Saved);
        Assert.Equal("rslora", Facts("rslora-all-linear").Kind);
        Assert.Equal(["lm_head"], Facts("head-saved").Saved);
        var prompt = Facts("prompt-tuning");
        Assert.Equal(("softPrompt", (int?)null), (prompt.Kind, prompt.Rank));
        Assert.True(prompt.VirtualTokens > 0);
    }

    [Fact]
    public void Run_KeysWithoutPeftsPrefix_AreWrittenWithIt()
    {
        string model = Bases.PathOf("pitfalls", "base-llama", "model");

        var imported = PatchImport.Run(new PatchImportOptions { Folder = Bases.PathOf("adapters", "adapter-keys-without-prefix", "adapter"), Base = model, Target = _folder["artifact"] });

        Assert.Contains(imported.Notes, note => note.Contains(PeftFolder.Prefix, StringComparison.Ordinal));
        using var ours = PeftFolder.Open(_folder["artifact"]);
        Assert.Empty(ours.Notes);
        using var network = Bases.Network(PretrainedFolder.Open(model));
        using var adapter = ours.Attach(network, [], CPU);
        using var reference = SafetensorsFile.Open(Bases.PathOf("adapters", "adapter-keys-without-prefix", "reference.safetensors"));
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        TensorAssert.Near(reference.Tensor("logits"), Bases.Logits(network, tensor => reference.Tensor(tensor)), 2e-5, "logits");
    }

    [Fact]
    public void Run_AdapterThatDoesNothing_IsImportedAndSaid()
    {
        var imported = PatchImport.Run(new PatchImportOptions { Folder = Bases.PathOf("adapters", "adapter-b-is-zero", "adapter"), Base = Bases.PathOf("pitfalls", "base-llama", "model"), Target = _folder["artifact"] });

        Assert.Equal(0, imported.Facts.ProbeChange);
        Assert.Contains(imported.Notes, note => note.Contains("changes none", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("adapter-base-other-name", "someone/another-llama")]
    public void Run_OtherBaseName_IsANote(string name, string words)
    {
        var imported = PatchImport.Run(new PatchImportOptions { Folder = Bases.PathOf("adapters", name, "adapter"), Base = Bases.PathOf("pitfalls", "base-llama", "model"), BaseNames = ["llama@v1"], Target = _folder["artifact"] });

        Assert.Contains(imported.Notes, note => note.Contains(words, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("adapter-other-width")]
    [InlineData("adapter-nan")]
    [InlineData("adapter-key-unknown")]
    public void Run_Fault_IsRefusedAndNothingIsMade(string name)
    {
        Assert.ThrowsAny<LearningException>(() => PatchImport.Run(new PatchImportOptions { Folder = Bases.PathOf("adapters", name, "adapter"), Base = Bases.PathOf("pitfalls", "base-llama", "model"), Target = _folder["artifact"] }));

        Assert.False(Directory.Exists(_folder["artifact"]));
    }

    [Fact]
    public void Run_BaseImportedByReference_IsReadWhereItLies()
    {
        FolderImport.Run(new ModelImportOptions { Folder = ModelFolders.Published(_folder, "llama-gqa-llama3"), Target = _folder["base"], ByReference = true });

        var imported = PatchImport.Run(new PatchImportOptions { Folder = Bases.PathOf("peft", "lora-qv"), Base = _folder["base"], BaseWeights = "sha256:known", Target = _folder["artifact"] });

        Assert.Equal("sha256:known", imported.Facts.BaseWeights);
    }

    private PatchFacts Facts(string name) =>
        PatchImport.Run(new PatchImportOptions { Folder = Bases.PathOf("peft", name), Base = Bases.PathOf(BaseOf(name)), Target = _folder[name] }).Facts;

    private static string BaseOf(string name) =>
        System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(Bases.PathOf("peft", name, PeftFolder.ConfigFile)))!["base_model_name_or_path"]!.GetValue<string>();
}
