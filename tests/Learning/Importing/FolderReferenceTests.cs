using Ptune.Learning.Generation;
using Ptune.Learning.Importing;
using Ptune.Learning.Merging;
using Ptune.Learning.Tests.Generation;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tests.Importing;

/// <summary>A model that was imported by reference is read where it lies, and not at all when it has changed.</summary>
public sealed class FolderReferenceTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly string _published;
    private readonly ImportedModel _imported;

    public FolderReferenceTests()
    {
        _published = ModelFolders.WithTokenizer(_folder, "published");
        _imported = FolderImport.Run(new ModelImportOptions { Folder = _published, Target = Artifact, ByReference = true });
    }

    private string Artifact => _folder["artifact"];

    private string Weights => Path.Combine(_published, "model.safetensors");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_Unchanged_IsTheFolderItself()
    {
        Assert.Equal(["golden.safetensors", "reference.json"], _imported.Files);
        Assert.Equal(_published, ModelArtifact.FolderOf(Artifact));
        using var network = ModelArtifact.Open(Artifact).Network(ScalarType.Float32, CPU);
        ModelArtifact.Verify(Artifact, network, ScalarType.Float32);
    }

    [Fact]
    public void CommandsOnFolders_Artifact_FollowIt()
    {
        Assert.Equal(_published, ReferencedFolder.Of(Artifact));
        Assert.NotNull(RecordingReader.Run(new FolderGenerationOptions { Folder = Artifact, Prompts = [GenerationPrompt.OfIds(5)], MaxTokens = 2 })[0].Ids);

        Directory.Delete(_published, recursive: true);

        foreach (Action read in new Action[]
        {
            () => ReferencedFolder.Of(Artifact),
            () => RecordingReader.Run(new FolderGenerationOptions { Folder = Artifact, Prompts = [GenerationPrompt.OfIds(5)] }),
            () => FolderMerge.Run(new FolderMergeOptions { Model = Artifact, Patch = _published, Target = _folder["merged"] }),
        })
            Assert.Contains($"by reference to {_published}, which has changed: the folder is not there", Assert.ThrowsAny<LearningException>(read).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_WrittenAgainWithTheSameBytes_IsAccepted()
    {
        File.SetLastWriteTimeUtc(Weights, new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        Assert.Equal(_published, ModelArtifact.FolderOf(Artifact));
    }

    [Fact]
    public void Open_OtherNumbersOfTheSameSize_IsRefusedByName()
    {
        byte[] bytes = File.ReadAllBytes(Weights);
        bytes[^1] ^= 1;
        File.WriteAllBytes(Weights, bytes);
        // Certainly another time, however coarse the clock of the file system is.
        File.SetLastWriteTimeUtc(Weights, new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        Refused("model.safetensors has other contents");
    }

    [Fact]
    public void Open_OtherSize_IsRefusedByName()
    {
        File.AppendAllText(Path.Combine(_published, "config.json"), " ");

        Refused("config.json has");
    }

    [Fact]
    public void Open_FileGone_IsRefusedByName()
    {
        File.Delete(Path.Combine(_published, "tokenizer.json"));

        Refused("tokenizer.json is gone");
    }

    [Fact]
    public void Open_FileThatWouldBeReadInAnothersPlace_IsRefusedByName()
    {
        File.WriteAllText(Path.Combine(_published, "model.safetensors.index.json"), "{}");

        Refused("model.safetensors.index.json is new");
    }

    [Fact]
    public void Open_FolderGone_SaysWhereItMustBe()
    {
        Directory.Delete(_published, recursive: true);

        Refused("every worker sees");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"folder": "/x", "files": [null]}""")]
    public void Open_ReferenceThatIsDamaged_IsRefused(string json)
    {
        File.WriteAllText(Path.Combine(Artifact, "reference.json"), json);

        Assert.Contains("reference.json", Assert.ThrowsAny<LearningException>(() => ModelArtifact.FolderOf(Artifact)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_FolderWithinItself_IsRefused() =>
        Assert.ThrowsAny<LearningException>(() => FolderImport.Run(new ModelImportOptions { Folder = _published, Target = _published, ByReference = true }));

    private void Refused(string words)
    {
        var error = Assert.ThrowsAny<LearningException>(() => ModelArtifact.FolderOf(Artifact));
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.Contains(_published, error.Message, StringComparison.Ordinal);
    }
}
