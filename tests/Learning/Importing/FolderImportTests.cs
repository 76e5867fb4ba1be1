using Ptune.Learning.Checks;
using Ptune.Learning.Importing;
using Ptune.Learning.Models.HuggingFace;
using Ptune.Learning.Tests.Checks;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tests.Importing;

/// <summary>An imported folder is the model's own files, and computes what it did when it was imported or is refused.</summary>
public sealed class FolderImportTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public static TheoryData<string> Fixtures => [.. Directory.GetDirectories(Ptune.Fixtures.Repository.PathOf("tests", "fixtures", "hf")).Select(path => Path.GetFileName(path)!).Order()];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void Run_EveryFamily_KeepsTheFilesAndReproducesItsGoldenOutputs(string fixture)
    {
        string published = ModelFolders.Published(_folder, fixture);

        var imported = FolderImport.Run(new ModelImportOptions { Folder = published, Target = _folder["artifact"] });

        Assert.Equal([.. Names(published).Append("golden.safetensors").Order(StringComparer.Ordinal)], imported.Files);
        Assert.Equal(imported.Files, Names(_folder["artifact"]));
        Assert.All(Names(published), name => Assert.Equal(File.ReadAllBytes(Path.Combine(published, name)), File.ReadAllBytes(Path.Combine(_folder["artifact"], name))));
        using var network = ModelArtifact.Open(_folder["artifact"]).Network(ScalarType.Float32, CPU);
        ModelArtifact.Verify(_folder["artifact"], network, ScalarType.Float32);
        // The same file serves the user's own check.
        var check = ModelCheck.Run(new ModelCheckOptions { Folder = _folder["artifact"], Expect = Path.Combine(_folder["artifact"], "golden.safetensors"), Dtype = "float32", Tolerance = 1e-6 });
        Assert.True(check.IsRight, $"{check.Difference}");
        // And the import is repeatable to the byte.
        FolderImport.Run(new ModelImportOptions { Folder = published, Target = _folder["again"] });
        Assert.Equal(File.ReadAllBytes(Path.Combine(_folder["artifact"], "golden.safetensors")), File.ReadAllBytes(Path.Combine(_folder["again"], "golden.safetensors")));
    }

    [Theory]
    [InlineData("llama-gqa-llama3", "model.norm.weight", 1.001)]
    [InlineData("gpt2", "transformer.h.0.ln_1.bias", 1.05)]
    [InlineData("bert-sequence-classification", "classifier.bias", 1.05)]
    [InlineData("clip", "text_projection.weight", 1.5)]
    [InlineData("vit", "classifier.weight", 1.001)]
    public void Verify_OtherNumbers_AreRefused(string fixture, string tensor, double factor)
    {
        FolderImport.Run(new ModelImportOptions { Folder = ModelFolders.Published(_folder, fixture), Target = _folder["artifact"] });
        ModelFolders.Change(Path.Combine(_folder["artifact"], "model.safetensors"), tensor, value => tensor.StartsWith("text_projection", StringComparison.Ordinal) ? value.flip(0) : value * factor);
        using var network = ModelArtifact.Open(_folder["artifact"]).Network(ScalarType.Float32, CPU);

        var error = Assert.ThrowsAny<LearningException>(() => ModelArtifact.Verify(_folder["artifact"], network, ScalarType.Float32));

        Assert.Contains("does not compute what it did", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_ModelInBfloat16_PassesWithinItsRounding()
    {
        FolderImport.Run(new ModelImportOptions { Folder = ModelFolders.Published(_folder, "llama-tied-bf16-sharded"), Target = _folder["artifact"] });
        using var network = ModelArtifact.Open(_folder["artifact"]).Network(ScalarType.BFloat16, CPU);

        ModelArtifact.Verify(_folder["artifact"], network, ScalarType.BFloat16);
        File.Delete(Path.Combine(_folder["artifact"], "golden.safetensors"));

        Assert.Contains("golden.safetensors is missing", Assert.ThrowsAny<LearningException>(() => ModelArtifact.Verify(_folder["artifact"], network, ScalarType.BFloat16)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Facts_OneTokenizerOnTwoHeads_IsOneOutputSpace()
    {
        var plain = Import(ModelFolders.WithTokenizer(_folder, "plain"), "a").Facts;
        var padded = Import(ModelFolders.WithTokenizer(_folder, "padded", padding: 8), "b").Facts;
        string other = ModelFolders.WithTokenizer(_folder, "other");
        string tokenizer = Path.Combine(other, "tokenizer.json");
        var words = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(tokenizer))!;
        words["added_tokens"]![0]!["content"] = "<another>";
        File.WriteAllText(tokenizer, words.ToJsonString());
        var renamed = Import(other, "c").Facts;

        Assert.StartsWith("sha256:", plain.OutputSpace, StringComparison.Ordinal);
        Assert.Equal(plain.OutputSpace, padded.OutputSpace);
        Assert.Equal(plain.Vocabulary + 8, padded.Vocabulary);
        Assert.NotEqual(plain.Weights, padded.Weights);
        Assert.NotEqual(plain.OutputSpace, renamed.OutputSpace);
        Assert.Equal(plain.Weights, renamed.Weights);
        Assert.True(plain.HasChatTemplate);
    }

    [Fact]
    public void Facts_ShardsOrOneFile_AreTheSameWeights()
    {
        string sharded = ModelFolders.Published(_folder, "llama-tied-bf16-sharded", "sharded");
        string single = _folder.Folder("single");
        using (var from = PretrainedFolder.Open(sharded)) ShardWriter.Write(single, [.. from.Weights.Names.Select(name => Learning.Formats.TensorBytes.Of(name, from.Weights.Tensor(name)))]);
        File.Copy(Path.Combine(sharded, "config.json"), Path.Combine(single, "config.json"));
        var imported = Import(sharded, "a");

        Assert.Equal(imported.Facts.Weights, Import(single, "b").Facts.Weights);
        Assert.Contains("model.safetensors.index.json", imported.Files);
        Assert.Equal(("llama", "bfloat16"), (imported.Facts.Family, imported.Facts.Dtypes.Single()));
        Assert.Null(imported.Facts.OutputSpace);
        Assert.Contains(imported.Notes, note => note.Contains("tokenizer.json", StringComparison.Ordinal));
    }

    [Fact]
    public void Facts_Classifier_HasItsLabels()
    {
        var facts = Import(ModelFolders.Published(_folder, "vit"), "a").Facts;

        Assert.Equal(Contracts.Identity.OutputSpace.OfLabels(facts.Labels!), facts.OutputSpace);
        Assert.Null(facts.Vocabulary);
    }

    [Fact]
    public void Run_FilesOfOtherKinds_StayWhereTheyAre()
    {
        string published = ModelFolders.Published(_folder, "gpt2");
        foreach (string name in new[] { "pytorch_model.bin", "model.onnx", "flax_model.msgpack", "training_args.bin", "modeling.py", "consolidated.safetensors", "adapter_config.json" }) File.WriteAllText(Path.Combine(published, name), "x");
        foreach (string name in new[] { "LICENSE", "chat_template.jinja" }) File.WriteAllText(Path.Combine(published, name), "x");
        File.WriteAllText(Path.Combine(published, "README.md"), "---\nlicense: mit\n---\n");

        var imported = Import(published, "artifact");

        Assert.Equal(["LICENSE", "README.md", "chat_template.jinja", "config.json", "generation_config.json", "golden.safetensors", "model.safetensors"], imported.Files);
        Assert.Equal("mit", imported.Facts.Licence);
    }

    [Fact]
    public void Run_InPlace_AddsGoldenOutputsOnly()
    {
        string published = ModelFolders.Published(_folder, "gpt2");
        string[] before = Names(published);

        var imported = FolderImport.Run(new ModelImportOptions { Folder = published, Target = published });

        Assert.Equal([.. before.Append("golden.safetensors").Order(StringComparer.Ordinal)], imported.Files);
        Assert.Equal(imported.Files, Names(published));
    }

    [Theory]
    [InlineData("tensor-nan")]
    [InlineData("shard-absent")]
    [InlineData("tokenizer-larger-than-rows")]
    [InlineData("pickle-only")]
    public void Run_Fault_IsRefusedAndNothingIsMade(string pitfall)
    {
        using var faulty = new PitfallFolder(pitfall);

        Assert.ThrowsAny<LearningException>(() => Import(faulty.Model, "artifact"));

        Assert.False(Directory.Exists(_folder["artifact"]));
    }

    [Fact]
    public void Run_OutputsThatAreNotFinite_AreRefusedAndNothingIsMade()
    {
        string published = ModelFolders.Published(_folder, "gpt2");
        ModelFolders.Change(Path.Combine(published, "model.safetensors"), "transformer.ln_f.weight", value => value * 1e38);

        Assert.Contains("not finite", Assert.ThrowsAny<LearningException>(() => Import(published, "artifact")).Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["artifact"]));
    }

    private ImportedModel Import(string folder, string target) => FolderImport.Run(new ModelImportOptions { Folder = folder, Target = _folder[target] });

    private static string[] Names(string folder) => [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path)).Order(StringComparer.Ordinal)];
}
