using System.Text;
using System.Text.Json;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Specs;

namespace Ptune.Contracts.Tests.Identity;

public sealed class CanonicalJsonTests
{
    [Fact]
    public void Read_ManifestOfAJobWithData_ComesBackWithoutNamesAndPlaces()
    {
        var file = new DataFile { Path = "images", Sha256 = new string('0', 64) };
        var manifest = new ArtifactManifest
        {
            Kind = ArtifactKind.Model,
            JobId = "default.0",
            Files = [],
            Recipe = new PretrainingSpec
            {
                Name = "mine",
                Data = new DataSpec
                {
                    Dataset = new ImageDatasetSpec { Name = "d", Location = "/here", Labels = ["a", "b"], Files = new IdxFiles { TrainImages = file, TrainLabels = file, TestImages = file, TestLabels = file } },
                    Split = Split.Pretraining,
                },
                Architecture = new MlpSpec(),
                Recipe = new TrainingRecipe(),
            },
        };
        var text = CanonicalJson.Of(manifest);

        var read = CanonicalJson.Read<ArtifactManifest>(Encoding.UTF8.GetBytes(text));

        var dataset = Assert.IsType<ImageDatasetSpec>(Assert.IsType<PretrainingSpec>(read.Recipe).Data.Dataset);
        Assert.Equal(("", "", "", new string('0', 64)), (dataset.Name, dataset.Location, dataset.Files.TestLabels.Path, dataset.Files.TestLabels.Sha256));
        Assert.Equal(["a", "b"], dataset.Labels);
        // What everyone else reads of it is whole.
        Assert.Equal(text, CanonicalJson.Of(JsonSerializer.Deserialize<ArtifactManifest>(JsonSerializer.Serialize(read, SpecJson.Options), SpecJson.Options)));
    }
}
