using System.IO.Compression;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Estimates;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Studies;
using Ptune.Fixtures;
using Ptune.Silo.Admission;
using Ptune.Silo.Artifacts;
using Ptune.Silo.Planning;
using Ptune.Storage.Artifacts;
using Ptune.Storage.Embedded;

namespace Ptune.Silo.Tests.Planning;

/// <summary>Image classifiers of our own are estimated for the size of their images: from the manifest of a trained one, and of a fresh one from the data set's files.</summary>
public sealed class KnownModelsTests : IDisposable
{
    // 20 images of 12 x 8 pixels.
    private static readonly byte[] s_images = [0, 0, 8, 3, 0, 0, 0, 20, 0, 0, 0, 12, 0, 0, 0, 8];

    private readonly TemporaryFolder _folder = new("known-models");
    private readonly ArtifactStore _artifacts;

    public KnownModelsTests() => _artifacts = new ArtifactStore(new FolderBlobStore(_folder.PathOf("store")), TimeProvider.System);

    public static TheoryData<ArchitectureSpec> Architectures => [new VitSpec { Patch = 4 }, new CnnSpec(), new MlpSpec()];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Architectures))]
    public async Task UsedAsync_OfATrainedClassifier_TakesTheSizeFromItsManifest(ArchitectureSpec architecture)
    {
        var model = await PutAsync(Pretraining(architecture), "12x8");

        var used = await Models(null).UsedAsync(new FineTuningSpec { Data = Data(), Base = model }, CancellationToken.None);

        Assert.Equal(new KnownModel(Shape(architecture, 12, 8), 4), used);
        Assert.NotEqual(Shape(architecture, 28, 28), used!.Shape);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("12")]
    [InlineData("12xa")]
    [InlineData("12x8x3")]
    public async Task UsedAsync_OfAManifestThatDoesNotSayTheSize_IsNotKnown(string? size)
    {
        var model = await PutAsync(Pretraining(new CnnSpec()), size);

        Assert.Null(await Models(null).UsedAsync(new FineTuningSpec { Data = Data(), Base = model }, CancellationToken.None));
    }

    [Theory]
    [MemberData(nameof(Architectures))]
    public async Task UsedAsync_OfAFreshClassifier_ReadsTheSizeFromTheFiles(ArchitectureSpec architecture)
    {
        File.WriteAllBytes(_folder.PathOf("images"), s_images);

        Assert.Equal(Shape(architecture, 12, 8), (await Models(new ImageSizes()).UsedAsync(Pretraining(architecture), CancellationToken.None))!.Shape);
        // A silo of a cluster does not look.
        Assert.Equal(Shape(architecture, 28, 28), (await Models(null).UsedAsync(Pretraining(architecture), CancellationToken.None))?.Shape);
    }

    [Fact]
    public async Task UsedAsync_OfAModelThatThePlanMakes_ReadsTheSizeToo()
    {
        using (var gzip = new GZipStream(File.Create(_folder.PathOf("images")), CompressionLevel.Fastest)) gzip.Write(s_images);
        var maker = new PlannedJob("maker", "default.maker", "maker", Pretraining(new CnnSpec()), [], null);

        var used = await Models(new ImageSizes(), maker).UsedAsync(new FineTuningSpec { Data = Data(), Base = InputRef.ToJob(maker.JobId) }, CancellationToken.None);

        Assert.Equal(Shape(new CnnSpec(), 12, 8), used!.Shape);
    }

    /// <summary>What is wrong with the files is said at the submit; an estimate does without them.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData(new byte[] { 0, 0, 8, 1, 0, 0, 0, 20 })]
    [InlineData(new byte[] { })]
    public async Task UsedAsync_OfFilesThatCannotBeRead_TakesTheUsualSize(byte[]? content)
    {
        if (content is not null) File.WriteAllBytes(_folder.PathOf("images"), content);

        Assert.Equal(Shape(new CnnSpec(), 28, 28), (await Models(new ImageSizes()).UsedAsync(Pretraining(new CnnSpec()), CancellationToken.None))!.Shape);
    }

    [Fact]
    public async Task OfAsync_OfAFileThatChanges_ReadsItAgain()
    {
        var sizes = new ImageSizes();
        File.WriteAllBytes(_folder.PathOf("images"), s_images);
        Assert.Equal((12, 8), await sizes.OfAsync(Images(), CancellationToken.None));
        File.WriteAllBytes(_folder.PathOf("images"), [.. s_images[..15], 16, 0]);

        Assert.Equal((12, 16), await sizes.OfAsync(Images(), CancellationToken.None));
        Assert.Null(await sizes.OfAsync(Images() with { Location = "https://example.org/data" }, CancellationToken.None));
    }

    private KnownModels Models(ImageSizes? sizes, params PlannedJob[] planned) => new(new Manifests(_artifacts), grains: null!, planned, sizes);

    private static ClassifierShape Shape(ArchitectureSpec architecture, long height, long width) => ClassifierShapes.Of(architecture, height, width, 2)!;

    private PretrainingSpec Pretraining(ArchitectureSpec architecture) => new() { Data = Data(), Architecture = architecture, Recipe = new TrainingRecipe() };

    private DataSpec Data() => new() { Dataset = Images(), Split = Split.Tuning };

    private ImageDatasetSpec Images()
    {
        var file = new DataFile { Path = "images", Sha256 = new string('0', 64) };
        return new ImageDatasetSpec { Name = "d", Location = _folder.Location, Labels = ["a", "b"], Files = new IdxFiles { TrainImages = file, TrainLabels = file, TestImages = file, TestLabels = file } };
    }

    private async Task<string> PutAsync(JobSpec recipe, string? size) => (await _artifacts.PutAsync(null, new ArtifactManifest
    {
        Kind = ArtifactKind.Model,
        JobId = "default.a",
        Files = [],
        Recipe = recipe,
        Attributes = size is null ? [] : new() { [AttributeNames.InputSize] = size },
    })).Digest;
}
