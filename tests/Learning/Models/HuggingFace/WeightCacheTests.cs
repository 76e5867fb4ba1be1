using Ptune.Learning.Importing;
using Ptune.Learning.Models.HuggingFace;
using Ptune.Learning.Tests.Importing;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tests.Models.HuggingFace;

/// <summary>Converted weights are shared by processes, and what is not used goes.</summary>
public sealed class WeightCacheTests : IDisposable
{
    private const string _fixture = "llama-tied-bf16-sharded";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("llama-gqa-llama3")]
    [InlineData(_fixture)]
    public void Load_TwoProcesses_HoldTheWeightsOnce(string fixture)
    {
        // One is stored in f32 and mapped as it is; the other is converted into the cache.
        string model = ModelFolders.Published(_folder, fixture);
        using var other = new LoadingProcess(model, _folder["cache"], "sha256:ab");
        var folder = PretrainedFolder.Open(model);
        using var network = folder.Network(ScalarType.Float32, CPU, (new WeightCache(_folder["cache"]), "sha256:ab"));
        LoadingProcess.Touch(network, folder.Keys.Keys);

        string file = fixture == _fixture ? Directory.GetFiles(_folder["cache"], "*.safetensors").Single() : Path.Combine(model, "model.safetensors");
        foreach (int? process in new int?[] { null, other.Id })
        {
            var mapped = MappedFile.Of(file, process);
            Assert.InRange(mapped.Resident, new FileInfo(file).Length / 1024, long.MaxValue);
            Assert.Equal(0, mapped.Private);
            Assert.Equal(mapped.Resident, mapped.Shared);
        }
    }

    [Fact]
    public void Open_BeyondTheBudget_RemovesWhatWasNotUsedForTheLongestTime()
    {
        using var fixture = new HfFixture(_fixture);
        using var model = PretrainedFolder.Open(fixture.Folder);
        long bytes = WeightCache.BytesOf(model, ScalarType.Float32);
        var cache = new WeightCache(_folder["cache"], (2 * bytes) + (bytes / 2));
        foreach (string digest in new[] { "sha256:a", "sha256:b" }) cache.Open(model, digest, ScalarType.Float32)!.Dispose();
        File.WriteAllText(Path.Combine(_folder["cache"], "sha256-killed-F32.safetensors.part"), "half a file");
        File.SetLastAccessTimeUtc(PathOf("a"), new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        File.SetLastAccessTimeUtc(PathOf("b"), new DateTime(2021, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        // Used again, a is not the oldest any more; and b, which goes, stays readable for who has it open.
        cache.Open(model, "sha256:a", ScalarType.Float32)!.Dispose();
        using var open = cache.Open(model, "sha256:b", ScalarType.Float32)!;
        File.SetLastAccessTimeUtc(PathOf("b"), new DateTime(2021, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        cache.Open(model, "sha256:c", ScalarType.Float32)!.Dispose();

        Assert.Equal(["sha256-a-F32.safetensors", "sha256-c-F32.safetensors"], Directory.GetFiles(_folder["cache"]).Select(path => Path.GetFileName(path)!).Where(name => !name.EndsWith(".lock", StringComparison.Ordinal)).Order());
        using var numbers = open.Tensor(open.Header.Entries.Keys.First());
        Assert.True(numbers.isfinite().all().item<bool>());
    }

    [Fact]
    public void Open_LargerThanTheBudget_KeepsNothing()
    {
        using var fixture = new HfFixture(_fixture);
        using var model = PretrainedFolder.Open(fixture.Folder);

        Assert.Null(new WeightCache(_folder["cache"], 1000).Open(model, "sha256:a", ScalarType.Float32));
        Assert.False(Directory.Exists(_folder["cache"]));
    }

    [Fact]
    public void ModelArtifact_Load_IsMappedAndVerified()
    {
        FolderImport.Run(new ModelImportOptions { Folder = ModelFolders.Published(_folder, _fixture), Target = _folder["artifact"] });
        using (ModelArtifact.Load(_folder["artifact"], "sha256:ab", ScalarType.Float32, CPU, new WeightCache(_folder["cache"])))
        {
            Assert.True(MappedFile.Of(PathOf("ab")).Resident > 0);
        }

        foreach (string shard in Directory.GetFiles(_folder["artifact"], "model-*.safetensors")) ModelFolders.Change(shard, "model.norm.weight", value => value * 2);
        Assert.ThrowsAny<LearningException>(() => ModelArtifact.Load(_folder["artifact"], "sha256:cd", ScalarType.Float32, CPU, new WeightCache(_folder["cache"])));
    }

    [Fact]
    public void FolderState_FileWrittenAgain_IsAnother()
    {
        string model = ModelFolders.Published(_folder, "gpt2");
        string State()
        {
            using var folder = PretrainedFolder.Open(model);
            return FolderState.Of(folder);
        }

        string before = State();
        Assert.Equal(before, State());
        File.SetLastWriteTimeUtc(Path.Combine(model, "model.safetensors"), new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.NotEqual(before, State());
    }

    private string PathOf(string digest) => Path.Combine(_folder["cache"], $"sha256-{digest}-F32.safetensors");
}
