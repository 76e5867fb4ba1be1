using Ptune.Learning.Models.HuggingFace;
using static TorchSharp.torch;

namespace Ptune.Learning.Tests.Models.HuggingFace;

/// <summary>A worker's cache holds an artifact as a folder of links to the contents of the store.</summary>
public sealed class ArtifactLinksTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_ArtifactsFolder_FollowsLinksToContents()
    {
        var folder = LayOut(Path.Combine("cache", "artifacts", new string('a', 64)), (_, i) => Path.Combine("blobs", "content", $"{i:x2}", $"{i:x2}{new string('0', 62)}"));

        using var model = PretrainedFolder.Open(folder).LanguageModel(ScalarType.Float32, CPU);
    }

    [Theory]
    [InlineData("cache/models", "blobs/content/00")]
    [InlineData("cache/artifacts", "blobs/private/00")]
    [InlineData("cache/artifacts", "blobs/content/77")]
    public void Open_OtherFoldersAndOtherLinks_AreRefused(string parent, string contents)
    {
        var folder = LayOut(Path.Combine(parent, new string('a', 64)), (_, i) => Path.Combine(contents, $"00{i:x2}{new string('0', 60)}"));

        var refusal = Assert.ThrowsAny<LearningException>(() => PretrainedFolder.Open(folder));

        Assert.Contains("lies outside of the model's folder", refusal.Message, StringComparison.Ordinal);
    }

    private string LayOut(string name, Func<string, int, string> place)
    {
        var folder = Directory.CreateDirectory(_folder[name]).FullName;
        using var fixture = new HfFixture("llama-biases");
        foreach (var (file, i) in Directory.GetFiles(fixture.Folder).Select((file, i) => (file, i)))
        {
            var content = _folder[place(file, i)];
            Directory.CreateDirectory(Path.GetDirectoryName(content)!);
            File.Copy(file, content);
            File.CreateSymbolicLink(Path.Combine(folder, Path.GetFileName(file)), content);
        }
        return folder;
    }
}
