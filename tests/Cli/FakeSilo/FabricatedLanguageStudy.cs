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
            Generations = spec.Generations is null ? null : [.. arms.Select(arm => new StudyText { Source = arm.Pair.Source, Target = arm.Pair.Target, Method = arm.Method.Title(), Artifact = Texts })],
        };
    }

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
            Cost = arm.Tunings is null ? null : new RowCost { TrainingSeconds = 12.5 * spec.Seeds.Length, ArtifactBytes = 90_000 },
        };
    }
}
