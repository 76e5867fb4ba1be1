using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;

namespace Ptune.Contracts.Tests.Specs;

/// <summary>Locations in a spec that lies in a folder.</summary>
public sealed class RelativePathTests
{
    [Fact]
    public void Read_InAFolder_RelativeLocationsAreReadFromThere()
    {
        var reading = SpecReader.Read(LanguageStudySamples.Study.Replace("location: /data", "location: ../data", StringComparison.Ordinal), "/srv/ann/specs");

        var study = Assert.IsType<LanguageStudySpec>(reading.Spec);
        Assert.True(reading.IsResolved);
        Assert.Equal("/srv/ann/data", study.Datasets["speeches"].Location);
        Assert.Equal("/srv/ann/data", study.Models["small@v1"].Tokenizer!.Location);
    }

    [Theory]
    [InlineData("/data")]
    [InlineData("https://example.com/data")]
    [InlineData("'uploads:'")]
    public void Read_InAFolder_OtherLocationsStayAsTheyAre(string location)
    {
        var reading = SpecReader.Read(LanguageStudySamples.Study.Replace("location: /data", $"location: {location}", StringComparison.Ordinal), "/srv/ann/specs");

        Assert.False(reading.IsResolved);
        Assert.Equal(location.Trim('\''), Assert.IsType<LanguageStudySpec>(reading.Spec).Datasets["speeches"].Location);
    }

    [Theory]
    [InlineData("data")]
    [InlineData("ftp://host/data")]
    [InlineData("''")]
    public void Read_WithoutAFolder_RelativeLocationsAreRefused(string location) =>
        Assert.Contains(SpecReader.Read(Samples.With("location: /data/tiny", $"location: {location}")).Problems, problem => problem.Path == "dataset.location");

    [Fact]
    public void Read_InAFolder_EmptyLocationIsRefused() =>
        Assert.Contains(SpecReader.Read(Samples.With("location: /data/tiny", "location: ''"), "/srv").Problems, problem => problem.Path == "dataset.location");
}
