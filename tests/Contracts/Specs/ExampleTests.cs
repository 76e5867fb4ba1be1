using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;
using Ptune.Contracts.Studies;
using Ptune.Fixtures;

namespace Ptune.Contracts.Tests.Specs;

/// <summary>The specs that a user can run.</summary>
public sealed class ExampleTests
{
    public static TheoryData<string> Examples => [.. Directory.EnumerateFiles(Repository.PathOf("examples"), "*.yaml").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Read_AnExample_HasNoMistake(string example) => Assert.Empty(Read(example).Problems);

    [Theory]
    [MemberData(nameof(Examples))]
    public void Plan_OfAStudy_HasItsJobs(string example)
    {
        if (Read(example).Spec is not IStudySpec study) return;

        var resolved = StudyPlans.Aliases(study).ToDictionary(alias => alias, alias => $"sha256:{new string('0', 64)}");
        Assert.NotEmpty(StudyPlans.Of("default", study, resolved).Jobs);
    }

    private static SpecReading Read(string example) => SpecReader.Read(File.ReadAllText(Repository.PathOf("examples", example)), Repository.PathOf("examples"));
}
