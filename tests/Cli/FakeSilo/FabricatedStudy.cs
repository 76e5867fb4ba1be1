using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Studies;

namespace Ptune.Cli.FakeSilo;

/// <summary>
/// A finished study with made-up but plausible figures, for looking at tables and reports. They are nobody's measurements and stand only in tests.
/// </summary>
public static class FabricatedStudy
{
    private static readonly DateTimeOffset Created = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public static StudyView View(IStudySpec spec, JobStatus status, Func<PlannedJob, JobStatus?> cells, StudyResult? result = null, string? message = null)
    {
        var plan = StudyPlans.Of("default", spec, StudyPlans.Aliases(spec).ToDictionary(a => a, _ => "sha256:" + new string('e', 64)));
        return new StudyView
        {
            StudyId = plan.StudyId,
            Name = spec.Name,
            Status = status,
            Version = 1,
            Spec = spec,
            Cells = [.. plan.Jobs.Select(j => new StudyCell(j.Key, j.JobId, j.Name, j.DependsOn, cells(j), Reused: j.Spec is PretrainingSpec && cells(j) == JobStatus.Succeeded))],
            Result = result,
            Message = message,
            Created = Created,
            Ended = status.IsFinal ? Created.AddMinutes(4) : null,
        };
    }

    public static StudyResult ResultOf(IStudySpec spec, string studyId) =>
        spec is LanguageStudySpec language ? FabricatedLanguageStudy.Result(language, studyId) : Result((TransferStudySpec)spec, studyId);

    /// <summary>Every target but the last gains by the port; on the last EFT is ahead, so that a report has something unwelcome to say.</summary>
    public static StudyResult Result(TransferStudySpec spec, string studyId)
    {
        double[] seeds = [.. spec.Seeds.Select((_, i) => (i - 1) * 0.004)];
        Accuracy At(double mean) => Accuracy.Of([.. seeds.Select(s => mean + s)]);
        Accuracy Same(double mean) => Accuracy.Of([.. seeds.Select(_ => mean)]);
        return new StudyResult
        {
            Study = spec.Name,
            StudyId = studyId,
            Seeds = spec.Seeds,
            Splits = new() { ["pretraining"] = new('1', 64), ["tuning"] = new('2', 64), ["validation"] = new('3', 64), ["test"] = new('4', 64) },
            EvaluatedOn = "test",
            N = 10_000,
            Source = new SourceResult(spec.Source, Same(0.465), At(0.669), At(0.652), At(0.511)),
            Targets = [.. spec.Targets.Select((name, i) => Target(name, i == spec.Targets.Length - 1 && i > 0, 0.549 + (0.05 * i), At, Same, seeds.Length))],
            Jobs = new JobCounts(49, 4),
            Seconds = 187.4,
        };
    }

    public static JobView Job(string id, string name, JobSpec spec, string kind, JobStatus status = JobStatus.Succeeded, string? message = null)
    {
        var trained = spec is PretrainingSpec or RewardTuningSpec or FineTuningSpec;
        return new JobView
        {
            JobId = id,
            Kind = kind,
            Name = name,
            Status = status,
            Version = 5,
            Epoch = 1,
            Spec = spec,
            Pool = "default",
            Priority = 100,
            Askers = ["client"],
            Worker = "worker-1",
            Progress = new JobProgress(240, 240, trained ? 0.31 : null, 5200),
            Result = status != JobStatus.Succeeded ? null : new JobResult
            {
                Artifact = "sha256:" + new string('a', 64),
                Metrics = new() { ["n"] = 10_000, ["accuracy"] = 0.822 },
                Measurements = new() { ["seconds"] = 6.25 },
                Curve = trained ? [.. Enumerable.Range(1, 40).Select(i => new LossPoint(i * 6, (2.3 * Math.Exp(-i / (6.0 + (name.Sum(c => c) % 7)))) + 0.2 + (0.03 * Math.Sin(i + name.Length))))] : [],
                Environment = new ExecutionEnvironment("cpu", 1, "Example CPU @ 2.50GHz", "2.10.0", "10.0.12", "Debian GNU/Linux 12"),
                Seconds = 6.25,
                Kind = ArtifactKind.Model,
                ArtifactBytes = 557_056,
            },
            Message = message,
            Cause = status == JobStatus.Failed ? FailureCause.Invalid : null,
            Created = Created,
            Started = Created.AddSeconds(1),
            Ended = status.IsFinal ? Created.AddSeconds(8) : null,
            Timeline = [new(Created, JobStatus.Queued, 0, "submitted"), new(Created.AddSeconds(1), JobStatus.Leased, 1, "worker-1"), new(Created.AddSeconds(8), status, 1, "said so")],
        };
    }

    private static TargetResult Target(string name, bool behind, double bare, Func<double, Accuracy> at, Func<double, Accuracy> same, int seeds)
    {
        var (ported, retrained) = (bare + 0.13, bare + 0.18);
        return new TargetResult
        {
            Model = name,
            Bare = same(bare),
            RewardAlone = at(0.511),
            Eft = at(behind ? ported + 0.004 : ported - 0.012),
            Ported = at(ported),
            Retrained = at(retrained),
            KeptShare = (ported - bare) / (retrained - bare),
            Mcnemar = new PairedTests(
                [.. Enumerable.Range(0, seeds).Select(i => new McNemar(1_900 + i, 600 - i, Math.Pow(10, -40 - (3 * i))))],
                [.. Enumerable.Range(0, seeds).Select(i => new McNemar(2_400 - i, 700 + i, behind ? 0.02 + (0.05 * i) : Math.Pow(10, -90 + i)))]),
            KlFromSource = behind ? 2.48 : 1.03,
            C = 4.2,
            CMax = 61.7,
            InferenceCost = new InferenceCost(1.98, 2.97),
        };
    }
}
