using Ptune.Contracts.Specs;
using Ptune.Contracts.Studies;

namespace Ptune.Cli.FakeSilo;

/// <summary>A finished study of language models with made-up figures, nobody's measurements. Every method but bare gains on the first task and loses on the others.</summary>
public static class FabricatedLanguageStudy
{
    public static readonly string Texts = "sha256:" + new string('b', 64);

    /// <summary>The file of every generation; its third prompt could not be continued.</summary>
    public static readonly byte[] File = "{\"promptIds\":[1],\"text\":\"the first <one>\"}\n{\"text\":\"the second\"}\n{\"error\":\"no\"}\n"u8.ToArray();

    public static StudyResult Result(LanguageStudySpec spec, string studyId)
    {
        var arms = LanguageStudyPlanner.Plan("default", spec, StudyPlans.Aliases(spec).ToDictionary(a => a, _ => "sha256:" + new string('e', 64))).Arms;
        return new StudyResult
        {
            Study = spec.Name,
            StudyId = studyId,
            Seeds = spec.Seeds,
            Splits = [],
            Targets = [],
            Jobs = new JobCounts(9, 2),
            Seconds = 61.2,
            Cells = [.. arms.SelectMany(arm => spec.Tasks.Select((task, i) => Row(arm, task, i, spec)))],
            Refused = StudyRefusals.Of(spec) is { Length: > 0 } refused ? refused : null,
            Fronts = [.. from weight in new[] { 0, 0.5, 1, 1.5 } from i in Enumerable.Range(0, spec.Tasks.Length) select Point(spec, weight, i)],
            Risks = [new StudyRisk { Source = spec.Sources[0], Target = Carried(spec), Method = "patched", KlFromSource = 0.12, C = 3.4, CMax = 210, KlMoved = 0.5, Positions = 5000, Overlap = 3 }],
            Drift = [new StudyDrift { Source = spec.Sources[0], Method = "patched", Task = spec.Tasks[0].Title(), Models = ["v2", "v3", "v4"], Updates = [1, 2, 3], Gains = [0.9, 0.7, 0.55], Slope = -0.175, SlopeSd = 0.01 }],
            Generations = spec.Generations is null ? null : [.. arms.Select(arm => new StudyText { Source = arm.Pair.Source, Target = arm.Pair.Target, Method = arm.Method.Title(), Artifact = Texts })],
        };
    }

    // A study without targets measures the source alone.
    private static string Carried(LanguageStudySpec spec) => spec.Targets is [var first, ..] ? first : spec.Sources[0];

    private static StudyFrontPoint Point(LanguageStudySpec spec, double weight, int task) => new()
    {
        Source = weight == 0 ? null : spec.Sources[0],
        Target = Carried(spec),
        Method = weight == 0 ? "bare" : "ported",
        Weight = weight,
        Task = spec.Tasks[task].Title(),
        Metric = spec.Tasks[task].Metric(),
        Mean = 3.1 + (task == 0 ? -0.6 * weight : 0.2 * weight * weight),
        Values = [3],
        KlMoved = weight * 0.3,
    };

    private static StudyRow Row(StudyArm arm, StudyTask task, int place, LanguageStudySpec spec)
    {
        var gain = arm.Tunings is null ? 0 : place == 0 ? -0.9 : 0.15;
        double[] values = [.. (arm.Tunings ?? ["only"]).Select((_, i) => 3.1 + gain + (0.01 * i))];
        var figure = Accuracy.Of(values);
        return new StudyRow
        {
            Source = arm.Pair.Source,
            Artifact = arm.Tunings is null ? null : "sha256:" + new string('c', 64),
            Target = arm.Pair.Target,
            Method = arm.Method.Title(),
            Task = task.Title(),
            Metric = task.Metric(),
            Mean = figure.Mean,
            Sd = values.Length > 1 ? figure.Sd : null,
            N = 120,
            Values = values,
            Paired = arm.Tunings is null ? null : [.. values.Select(_ => new StudyPaired { Difference = gain, Low = gain - 0.02, High = gain + 0.02 })],
            Cost = arm.Tunings is null ? null : new RowCost { TrainingSeconds = 12.5 * spec.Seeds.Length, ArtifactBytes = 90_000 },
        };
    }
}
