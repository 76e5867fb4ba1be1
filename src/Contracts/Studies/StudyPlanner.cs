using Ptune.Contracts.Identity;
using Ptune.Contracts.Specs;

namespace Ptune.Contracts.Studies;

/// <summary>
/// From a transfer study's spec to its jobs. N artifacts on M targets cost N + M scoring passes, not N x M: each model and each
/// reward is scored once, and the evaluations combine the scores.
/// </summary>
public sealed class StudyPlanner
{
    private readonly TransferStudySpec _study;
    private readonly string _tenant;
    private readonly IReadOnlyDictionary<string, string> _resolved;
    private readonly string? _nonce;
    private readonly List<PlannedJob> _jobs = [];
    private readonly string[] _used;
    private readonly Dictionary<string, string> _models = [];
    private readonly Dictionary<string, string> _outputs = [];

    private readonly CancellationToken _cancellation;

    private StudyPlanner(string tenant, TransferStudySpec study, IReadOnlyDictionary<string, string> resolved, string? nonce, CancellationToken cancellation)
    {
        (_tenant, _study, _resolved, _nonce, _used, _cancellation) = (tenant, study, resolved, nonce, [.. Used(study)], cancellation);
    }

    /// <param name="tenant">Whose store the jobs belong to.</param>
    /// <param name="study">A valid spec.</param>
    /// <param name="resolved">Digests of the aliases under <c>models.*.artifact</c>.</param>
    /// <param name="nonce">Not null to compute everything anew.</param>
    /// <param name="cancellation">Whoever asked has left: the plan is not made to its end.</param>
    /// <exception cref="KeyNotFoundException">An alias is not in <paramref name="resolved"/>.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static StudyPlan Plan(
        string tenant, TransferStudySpec study, IReadOnlyDictionary<string, string> resolved, string? nonce = null, CancellationToken cancellation = default)
    {
        var planner = new StudyPlanner(tenant, study, resolved, nonce, cancellation);
        planner.PlanModels();
        foreach (var seed in study.Seeds) planner.PlanTuning(seed);
        foreach (var target in study.Targets) planner.PlanCost(target);
        var identity = study with { Models = study.Models.ToDictionary(m => m.Key, m => m.Value with { Artifact = planner.Resolve(m.Value.Artifact) }) };
        return new StudyPlan(JobIds.OfStudy(tenant, identity, nonce), [.. planner._jobs]);
    }

    /// <summary>How many jobs <see cref="Plan"/> makes, without making them.</summary>
    public static long Count(TransferStudySpec study)
    {
        var used = Used(study).ToArray();
        long pretrained = used.Count(name => study.Models.TryGetValue(name, out var model) && model.Artifact is null);
        const int ofReward = 2, ofModel = 3;
        return pretrained + used.Length + (study.Seeds.Length * (ofReward + (ofModel * (long)used.Length))) + study.Targets.Length;
    }

    private static IEnumerable<string> Used(TransferStudySpec study) => study.Targets.Prepend(study.Source).Distinct();

    private DataSpec TuningData => new() { Dataset = _study.Dataset, Splits = _study.Splits, Split = Split.Tuning, Count = _study.TuningExamples, Shift = _study.Shift };

    private DataSpec EvaluationData => new() { Dataset = _study.Dataset, Splits = _study.Splits, Split = _study.EvaluateOn, Shift = _study.Shift };

    private void PlanModels()
    {
        foreach (var name in _used)
        {
            var model = _study.Models[name];
            _models[name] = model.Artifact is { } artifact ? Resolve(artifact)! : PlanPretraining(name, model);
            Add(StudyKeys.ModelScores(name), $"score {name}", new ScoringSpec { Data = EvaluationData, Subject = _models[name] });
        }
    }

    private string PlanPretraining(string name, StudyModel model) => Add(
        StudyKeys.Pretraining(name),
        $"pretrain {name}",
        new PretrainingSpec
        {
            Data = new DataSpec { Dataset = _study.Dataset, Splits = _study.Splits, Split = Split.Pretraining, Count = model.Pretraining!.Count },
            Architecture = model.Architecture!,
            Recipe = model.Pretraining.Recipe,
            Seed = model.Pretraining.Seed,
        },
        alias: name);

    private void PlanTuning(long seed)
    {
        var reward = Add(StudyKeys.Reward(seed), $"reward {_study.Source} seed {seed}", new RewardTuningSpec
        {
            Data = TuningData,
            Source = _models[_study.Source],
            Recipe = _study.Reward.Recipe,
            Initialization = _study.Reward.Initialization,
            Lambda = _study.Reward.Lambda,
            Seed = seed,
        });
        var rewardScores = Add(StudyKeys.RewardScores(seed), $"score reward seed {seed}", new ScoringSpec
        {
            Data = EvaluationData,
            Subject = reward,
            SubjectKind = ArtifactKind.Reward,
        });
        foreach (var name in _used) PlanFineTuning(name, seed);
        foreach (var name in _used) PlanEvaluation(name, seed, rewardScores);
    }

    private void PlanFineTuning(string name, long seed)
    {
        var tuned = Add(StudyKeys.Tuned(name, seed), $"fine-tune {name} seed {seed}", new FineTuningSpec
        {
            Data = TuningData,
            Base = _models[name],
            Recipe = _study.Models[name].FineTuning ?? _study.FineTuning,
            Seed = seed,
        });
        Add(StudyKeys.TunedScores(name, seed), $"score fine-tuned {name} seed {seed}", new ScoringSpec { Data = EvaluationData, Subject = tuned });
    }

    private void PlanEvaluation(string name, long seed, string rewardScores) =>
        Add(StudyKeys.Evaluation(name, seed), $"evaluate {name} seed {seed}", new EvaluationSpec
        {
            Data = EvaluationData,
            Lambda = _study.Reward.Lambda,
            Scores = new EvaluationScores
            {
                Target = Output(StudyKeys.ModelScores(name)),
                Reward = rewardScores,
                Source = Output(StudyKeys.ModelScores(_study.Source)),
                TunedSource = Output(StudyKeys.TunedScores(_study.Source, seed)),
                Retrained = Output(StudyKeys.TunedScores(name, seed)),
            },
        });

    private void PlanCost(string name) =>
        Add(StudyKeys.Cost(name), $"time {name}", new EvaluationSpec
        {
            Data = EvaluationData,
            Lambda = _study.Reward.Lambda,
            Models = new EvaluationModels
            {
                Target = _models[name],
                Reward = Output(StudyKeys.Reward(_study.Seeds[0])),
                Source = _models[_study.Source],
                TunedSource = Output(StudyKeys.Tuned(_study.Source, _study.Seeds[0])),
            },
        });

    private string Add(string key, string name, JobSpec spec, string? alias = null)
    {
        _cancellation.ThrowIfCancellationRequested();
        spec = spec with { Name = name, Scheduling = _study.Scheduling };
        var id = JobIds.Of(_tenant, spec, _nonce);
        var dependsOn = spec.Inputs().Where(i => InputRef.IsJob(i.Reference)).Select(i => InputRef.JobId(i.Reference)).Distinct();
        _jobs.Add(new PlannedJob(key, id, name, spec, [.. dependsOn], alias));
        return _outputs[key] = InputRef.ToJob(id);
    }

    private string Output(string key) => _outputs[key];

    private string? Resolve(string? artifact) =>
        artifact is null || InputRef.IsDigest(artifact) ? artifact : _resolved[artifact];
}
