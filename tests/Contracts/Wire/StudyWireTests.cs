using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;
using Ptune.Contracts.Studies;
using Ptune.Contracts.Tests.Specs;

namespace Ptune.Contracts.Tests.Wire;

/// <summary>Servers of two versions talk to each other about studies while a cluster is upgraded.</summary>
public sealed class StudyWireTests : IDisposable
{
    // What a server sent before there was a second form of studies.
    private const string EarlierSubmission =
        "20400D74656E616E7421E840117074756E652F763141076F6C6421E8400F64656661756C740122030115C101C101C101C501E0E8E820E8400364410B2F6865726521E820E840"
        + "0366418130303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030E0C1"
        + "25C125C125E0210005410361400362E0E021E8004A3F0104350C01027D0182BBC101E0C10121010541096D40763120E8400978407631C101C101C101E040097440763120E840"
        + "0979407631C101C101C101E0E0C14B210003C157E02100030111E001A20F21E820E8007901020281FCA9F1D24D62403F817B14AE47E17A843F090301819A9999999999A93F01"
        + "4206C101C101C101C101C101C101C101C101C101E009030181000000000000F03FE021E8007901020281FCA9F1D24D62403F817B14AE47E17A843F090301819A9999999999A9"
        + "3F014206C101C101C101C101C101C101C101C101C101E009030DE0210103C14F40117368613235363A31E0410B6E6F6E6365E8E0";

    private const string EarlierResult =
        "20E840076F6C64410569642100030111E0210103410974657374400373E0C113011D2140096D4076312180000000000000E03F81000000000000000021000381000000000000"
        + "E03FE0E8E02180000000000000E03F81000000000000000021000381000000000000E03FE0E8E02180000000000000E03F81000000000000000021000381000000000000E03F"
        + "E0E8E02180000000000000E03F81000000000000000021000381000000000000E03FE0E8E0E8E021E02100050109E8E0810000000000000840E0";

    private readonly ServiceProvider _services = new ServiceCollection().AddSerializer().BuildServiceProvider();

    private Serializer Serializer => _services.GetRequiredService<Serializer>();

    public void Dispose() => _services.Dispose();

    [Fact]
    public void Deserialize_EarlierVersionsSubmission_IsTheFormOfImages()
    {
        var submission = Serializer.Deserialize<StudySubmission>(Convert.FromHexString(EarlierSubmission))!;

        var study = Assert.IsType<TransferStudySpec>(submission.Spec);
        Assert.Equal(("tenant", "nonce", "sha256:1"), (submission.Tenant, submission.Nonce, submission.Resolved["x@v1"]));
        Assert.Equal(("old", "m@v1", "y@v1", 4L), (study.Name, study.Source, study.Models["t@v1"].Artifact, study.Seeds[0]));
    }

    [Fact]
    public void Deserialize_EarlierVersionsResult_HasItsFigures()
    {
        var result = Serializer.Deserialize<StudyResult>(Convert.FromHexString(EarlierResult))!;

        Assert.Equal(("test", 7L, "m@v1", 0.5, 3.0), (result.EvaluatedOn, result.N, result.Source!.Model, result.Source.Prt.Mean, result.Seconds));
        Assert.Null(result.Cells);
    }

    [Fact]
    public void Serialize_LanguageStudy_RoundTrips()
    {
        var spec = (LanguageStudySpec)SpecReader.Read(LanguageStudySamples.Study).Spec!;

        var read = Serializer.Deserialize<StudySubmission>(Serializer.SerializeToArray(new StudySubmission("t", spec, [], null)))!;

        Assert.Equal(CanonicalJson.Of<Spec>(spec), CanonicalJson.Of<Spec>(Assert.IsType<LanguageStudySpec>(read.Spec)));
    }
}
