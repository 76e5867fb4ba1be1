using System.Text.Json;
using Ptune.Contracts.Http;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Studies;

namespace Ptune.Contracts.Tests.Specs;

public class SpecJsonTests
{
    [Fact]
    public void Deserialize_NullParameterLeftOutWhenWritten_IsNullAgain()
    {
        var progress = Again(new JobProgress(1, 2, null, 3));
        var row = Again(new PlanRow("key", "id", "Scoring", "name", [], null));
        var cell = Again(new StudyCell("key", "id", "name", [], null, false));
        Assert.Null(progress.Loss);
        Assert.Null(row.Status);
        Assert.Null(cell.Status);
    }

    [Fact]
    public void Deserialize_ParameterThatMayNotBeNullIsMissing_Throws() =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<JobProgress>("""{"step":1}""", SpecJson.Options));

    private static T Again<T>(T value) => JsonSerializer.Deserialize<T>(JsonSerializer.Serialize(value, SpecJson.Options), SpecJson.Options)!;
}
