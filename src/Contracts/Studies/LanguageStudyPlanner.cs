using Ptune.Contracts.Identity;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;

namespace Ptune.Contracts.Studies;

/// <summary>From a language study's spec to its jobs: models, then for each method and seed what is learnt, and its evaluations by task.</summary>
public sealed class LanguageStudyPlanner
{
    private readonly string _tenant;
    private readonly LanguageStudySpec _study;
    private readonly IReadOnlyDictionary<string, string> _resolved;
    private readonly string? _nonce;
    private readonly CancellationToken _cancellation;
    private readonly List<PlannedJob> _jobs = [];
    private readonly Dictionary<string, string> _models = [];
    // A job that is asked for twice stands where it was asked for first.
    private readonly Dictionary<string, string> _keys = [];
    private readonly HashSet<string> _taken = [];
    private readonly HashSet<string> _merged = [];
    private readonly Dictionary<string, string> _made = [];

    private LanguageStudyPlanner(string tenant, LanguageStudySpec study, IReadOnlyDictionary<string, string> resolved, string? nonce, CancellationToken cancellation)
    {
        (_tenant, _study, _resolved, _nonce, _cancellation) = (tenant, study, resolved, nonce, cancellation);
    }

    /// <inheritdoc cref="StudyPlanner.Plan"/>
    public static LanguageStudyPlan Plan(
        string tenant, LanguageStudySpec study, IReadOnlyDictionary<string, string> resolved, string? nonce = null, CancellationToken cancellation = default)
    {
        var planner = new LanguageStudyPlanner(tenant, study, resolved, nonce, cancellation);
        foreach (var name in study.Sources.Concat(study.Targets)) planner.Model(name);
        var fitting = study.Methods.SelectMany(method => method.Pairs(study).Where(pair => method.Refusal(study, pair) is null).Select(pair => (method, pair)));
        var arms = planner.Compare([.. fitting.Select(arm => planner.PlanArm(arm.method, arm.pair))]);
        var fronts = planner.PlanFronts(arms);
        var identity = study with { Models = study.Models.ToDictionary(m => m.Key, m => planner.Identity(m.Value)) };
        return new LanguageStudyPlan(new StudyPlan(JobIds.OfStudy(tenant, identity, nonce), [.. planner._jobs]), arms, fronts);
    }

    /// <summary>At least as many jobs as <see cref="Plan"/> makes, without making them; counted only up to one above <paramref name="limit"/>.</summary>
    public static long Bound(LanguageStudySpec study, long limit)
    {
        long jobs = study.Models.Count + study.Tasks.Length;
        foreach (var method in study.Methods)
        {
            long seeds = method.IsSeeded() ? study.Seeds.Length : 1;
            var each = (seeds * (study.Tasks.Length + method.JobsOfASeed())) + (study.Generations is null ? 0 : 1) + (study.Probe is null ? 0 : 1) + (study.Costs == true ? 1 : 0);
            // The target alone is tried, too; it is counted once for each pair.
            if (method.OwnWeights() is { } weights) each += (weights.Length * ((seeds * study.Tasks.Length) + 1)) + study.Tasks.Length;
            foreach (var _ in method.Pairs(study))
            {
                jobs += each;
                if (jobs > limit) return jobs;
            }
        }
        return jobs;
    }

    private StudyArm PlanArm(StudyMethod method, StudyPair pair)
    {
        var seeds = method.IsSeeded() ? _study.Seeds : [_study.Seeds[0]];
        var evaluations = _study.Tasks.Select(_ => new string[seeds.Length]).ToArray();
        var (tunings, mergings) = (new string?[seeds.Length], new string?[seeds.Length]);
        string? generation = null, risk = null, timing = null;
        for (var s = 0; s < seeds.Length; s++)
        {
            var subject = method.Subject(pair, new OfSeed(this, method, seeds[s]));
            tunings[s] = subject.Learnt is { } made ? _keys.GetValueOrDefault(made) : null;
            mergings[s] = subject.Model is { } model && _keys.GetValueOrDefault(model) is { } cell && _merged.Contains(cell) ? cell : null;
            for (var t = 0; t < _study.Tasks.Length; t++) evaluations[t][s] = PlanEvaluation(method, pair, seeds[s], subject, _study.Tasks[t]);
            if (s == 0) (risk, timing) = (PlanRisk(method.Title(), pair, subject, null), PlanTiming(method, pair, subject));
            // A reward alone is no model that texts are asked of.
            if (s == 0 && _study.Generations is { } texts && subject.Model is not null) generation = PlanGeneration(method, pair, subject, texts);
        }
        return new StudyArm(method, pair, Known(tunings), evaluations, generation) { Mergings = Known(mergings), Risk = risk, Timing = timing };

        static string[]? Known(string?[] cells) => cells.OfType<string>().ToArray() is { Length: > 0 } known ? known : null;
    }

    private string PlanEvaluation(StudyMethod method, StudyPair pair, long seed, StudySubject subject, StudyTask task)
    {
        var of = method.IsSeeded() ? $" seed {seed}" : "";
        var key = StudyKeys.Measured(method.Title(), pair.Source, pair.Target, task.Title(), method.IsSeeded() ? seed : null);
        Add(key, $"evaluate {Named(method, pair)} on {task.Title()}{of}", Evaluation(subject, task, task.Split));
        return key;
    }

    private EvaluationSpec Evaluation(StudySubject subject, StudyTask task, Split split) => new()
    {
        Data = new DataSpec { Dataset = _study.Datasets[task.Data], Splits = _study.Splits, Split = split, Count = task.Count, MaxTokens = _study.MaxTokens },
        Subject = subject.Model,
        Patch = subject.Patch,
        Rewards = subject.Rewards,
        Emulated = subject.Emulated,
        FewShot = subject.FewShot,
        Task = task.Judged(),
    };

    /// <summary>KL and C are those of a source and another model that something is carried to.</summary>
    private string? PlanRisk(string method, StudyPair pair, StudySubject subject, double? weight)
    {
        if (_study.Probe is not { } probe || pair.Source is not { } source || source == pair.Target || subject.Model is null) return null;
        if (subject is { Patch: null, Rewards: null, Emulated: null }) return null;
        var key = StudyKeys.Risk(method, source, pair.Target, weight);
        Add(key, $"measure the risk of {method} from {source} to {pair.Target}{(weight is null ? "" : FormattableString.Invariant($", weight {weight}"))}", new EvaluationSpec
        {
            Data = new DataSpec { Dataset = _study.Datasets[probe.Data ?? _study.Tuning.Data], Splits = _study.Splits, Split = probe.Split, Count = probe.Count, MaxTokens = _study.MaxTokens },
            Subject = subject.Model,
            Patch = subject.Patch,
            Rewards = subject.Rewards,
            Emulated = subject.Emulated,
            Source = Model(source),
            TunedOn = Examples(_study.Tuning),
        });
        return key;
    }

    /// <summary>Of what was learnt: until the first answer, and, where something is computed beside a model or in its place, against that model.</summary>
    private string? PlanTiming(StudyMethod method, StudyPair pair, StudySubject subject)
    {
        if (_study.Costs != true || subject.Learnt is null) return null;
        var isBeside = subject is not { Patch: null, Rewards: null, Emulated: null };
        var key = StudyKeys.Timing(method.Title(), pair.Source, pair.Target);
        Add(key, $"time {Named(method, pair)}", new TimingSpec
        {
            Subject = subject.Model,
            Patch = subject.Patch,
            Rewards = subject.Rewards,
            Emulated = subject.Emulated,
            Against = isBeside ? Model(pair.Target) : null,
        });
        return key;
    }

    /// <summary>Weights are tried on the validation split; the target alone is where they begin.</summary>
    private StudyFrontArm[] PlanFronts(StudyArm[] arms)
    {
        var fronts = new List<StudyFrontArm>();
        foreach (var arm in arms.Where(arm => arm.Method.OwnWeights() is not null))
        {
            if (!fronts.Exists(front => front.Method is null && front.Pair.Target == arm.Pair.Target))
                fronts.Add(PlanFront(null, new StudyPair(null, arm.Pair.Target), 0));
            fronts.AddRange(arm.Method.OwnWeights()!.Select(weight => PlanFront(arm.Method, arm.Pair, weight)));
        }
        return [.. fronts];
    }

    private StudyFrontArm PlanFront(StudyMethod? method, StudyPair pair, double weight)
    {
        var seeds = method is null ? [_study.Seeds[0]] : _study.Seeds;
        var subjects = seeds.Select(seed => method?.AtWeight(weight).Subject(pair, new OfSeed(this, method, seed)) ?? new StudySubject(Model(pair.Target))).ToArray();
        var cells = _study.Tasks.Select(task => seeds.Select((seed, s) =>
        {
            var key = StudyKeys.Front(method?.Title(), pair.Source, pair.Target, task.Title(), weight, method is null ? null : seed);
            Add(key, FormattableString.Invariant($"try {(method is null ? pair.Target : Named(method, pair))} with weight {weight} on {task.Title()}{(method is null ? "" : $" seed {seed}")}"), Evaluation(subjects[s], task, Split.Validation));
            return key;
        }).ToArray()).ToArray();
        return new StudyFrontArm(method, pair, weight, cells, method is null ? null : PlanRisk(method.Title(), pair, subjects[0], weight));
    }

    private string PlanGeneration(StudyMethod method, StudyPair pair, StudySubject subject, StudyGenerations texts)
    {
        var key = StudyKeys.Generation(method.Title(), pair.Source, pair.Target);
        Add(key, $"generate {Named(method, pair)}", new GenerationSpec
        {
            Model = subject.Model!,
            Patch = subject.Patch,
            Rewards = subject.Rewards,
            Emulated = subject.Emulated,
            FewShot = subject.FewShot,
            Prompts = texts.Prompts,
            MaxTokens = texts.MaxTokens,
            Temperature = texts.Temperature,
            TopP = texts.TopP,
            RepetitionPenalty = texts.RepetitionPenalty,
            Seed = texts.Seed,
        });
        return key;
    }

    /// <summary>Plans the paired tests: one job for each task, with a group for each target that is measured bare.</summary>
    private StudyArm[] Compare(StudyArm[] arms)
    {
        var places = arms.ToDictionary(arm => arm, _ => new PairedPlace?[_study.Tasks.Length]);
        for (var t = 0; t < _study.Tasks.Length; t++)
        {
            var (task, groups) = (t, new List<ComparedEvaluations>());
            var key = StudyKeys.Compared(_study.Tasks[t].Title());
            foreach (var bare in arms.Where(arm => arm.Method is BareStudyMethod).DistinctBy(arm => arm.Pair.Target))
            {
                var others = arms.Where(arm => arm.Method is not BareStudyMethod && arm.Pair.Target == bare.Pair.Target).ToArray();
                if (others.Length == 0) continue;
                var first = 0;
                foreach (var arm in others)
                {
                    places[arm][t] = new PairedPlace(key, groups.Count, first);
                    first += arm.Evaluations[t].Length;
                }
                groups.Add(new() { Before = _made[bare.Evaluations[t][0]], After = [.. others.SelectMany(arm => arm.Evaluations[task]).Select(cell => _made[cell])] });
            }
            if (groups.Count > 0) Add(key, $"compare on {_study.Tasks[t].Title()}", new ComparisonSpec { Groups = [.. groups] });
        }
        return [.. arms.Select(arm => arm with { Paired = places[arm] })];
    }

    private static string Named(StudyMethod method, StudyPair pair) =>
        pair.Source is null || pair.Source == pair.Target ? $"{pair.Target} {method.Title()}" : $"{pair.Target} {method.Title()} from {pair.Source}";

    private string Tune(StudyMethod method, string name, TuningMethod tuning, TrainingRecipe? recipe, long seed)
    {
        var how = _study.Tuning;
        return AddOnce(StudyKeys.Learnt(method.Title(), name, seed), $"tune {name} {method.Title()} seed {seed}", new FineTuningSpec
        {
            Data = Examples(how),
            Base = Model(name),
            Method = tuning,
            Recipe = recipe ?? how.Recipe,
            Seed = seed,
        });
    }

    private string Reward(StudyMethod method, string name, TuningMethod tuning, RewardInitialization initialization, double lambda, TrainingRecipe? recipe, string? data, ArchitectureSpec? architecture, long seed)
    {
        var how = _study.Tuning;
        return AddOnce(StudyKeys.Learnt(method.Title(), name, seed), $"reward on {name} {method.Title()} seed {seed}", new RewardTuningSpec
        {
            // A count is of the records that the study tunes on.
            Data = data is null || data == how.Data ? Examples(how) : Examples(how with { Data = data, Count = null }),
            Source = Model(name),
            Method = tuning,
            Initialization = initialization,
            Lambda = lambda,
            Recipe = recipe ?? how.Recipe,
            Seed = seed,
            Architecture = architecture,
        });
    }

    private string Merge(StudyMethod method, string name, string? patch, WeightDifference? difference, long seed) =>
        AddOnce(StudyKeys.Merged(method.Title(), name, seed), $"merge {method.Title()} into {name} seed {seed}", new MergingSpec { Base = Model(name), Patch = patch, Difference = difference });

    private string Randomize(string artifact, ArtifactKind kind, long seed) =>
        AddOnce(StudyKeys.Random(_keys[artifact]), $"randomize {_keys[artifact]}", new RandomControlSpec { Artifact = artifact, ArtifactKind = kind, Seed = seed });

    private DataSpec Examples(StudyTuning how) => new()
    {
        Dataset = _study.Datasets[how.Data],
        Splits = _study.Splits,
        Split = Split.Tuning,
        Count = how.Count,
        MaxTokens = _study.MaxTokens,
        TooLong = how.TooLong,
        Packing = how.Packing,
        Loss = how.Loss,
    };

    private string Model(string name)
    {
        if (_models.TryGetValue(name, out var known)) return known;
        var model = _study.Models[name];
        return _models[name] = model.Artifact is { } artifact ? Resolve(artifact)! : model.Source() is { } source ? Import(name, model, source) : Pretrain(name, model);
    }

    private string Import(string name, StudyLanguageModel model, ImportSource source) =>
        Add(StudyKeys.Import(name), $"import {name}", new ImportSpec { From = source, Licence = model.Licence }, alias: name);

    private string Pretrain(string name, StudyLanguageModel model)
    {
        var how = model.Pretraining!;
        var continues = model.Updates is { } older ? Model(older) : null;
        return Add(StudyKeys.Pretraining(name), $"pretrain {name}", new PretrainingSpec
        {
            Data = new DataSpec { Dataset = _study.Datasets[how.Data], Splits = _study.Splits, Split = Split.Tuning, Count = how.Count, MaxTokens = _study.MaxTokens },
            Architecture = _study.ArchitectureOf(name)!,
            Tokenizer = model.Tokenizer,
            Continues = continues,
            Recipe = how.Recipe,
            Seed = how.Seed,
        }, alias: name);
    }

    private string AddOnce(string key, string name, JobSpec spec)
    {
        var id = JobIds.Of(_tenant, TextDefaults.Fill(spec), _nonce);
        if (_keys.ContainsKey(InputRef.ToJob(id))) return InputRef.ToJob(id);
        // A method may learn several things on one model.
        var (free, number) = (key, 1);
        while (!_taken.Add(free)) free = $"{key}/{++number}";
        return Add(free, number == 1 ? name : $"{name} ({number})", spec);
    }

    private string Add(string key, string name, JobSpec spec, string? alias = null)
    {
        _cancellation.ThrowIfCancellationRequested();
        spec = TextDefaults.Fill(spec) with { Name = name, Scheduling = _study.Scheduling };
        var id = JobIds.Of(_tenant, spec, _nonce);
        var dependsOn = spec.Inputs().Where(i => InputRef.IsJob(i.Reference)).Select(i => InputRef.JobId(i.Reference)).Distinct();
        if (spec is MergingSpec) _merged.Add(key);
        _jobs.Add(new PlannedJob(key, id, name, spec, [.. dependsOn], alias));
        _keys.TryAdd(InputRef.ToJob(id), key);
        _made[key] = InputRef.ToJob(id);
        return InputRef.ToJob(id);
    }

    /// <summary>A folder's files decide what it is, wherever it lies.</summary>
    private StudyLanguageModel Identity(StudyLanguageModel model) => model with
    {
        Artifact = Resolve(model.Artifact),
        From = model.From is { } from && !HubSource.IsHub(from) ? IDatasetSpec.Uploads : model.From,
    };

    private string? Resolve(string? artifact) =>
        artifact is null || InputRef.IsDigest(artifact) ? artifact : _resolved[artifact];

    private sealed class OfSeed(LanguageStudyPlanner planner, StudyMethod method, long seed) : IStudyJobs
    {
        public string Model(string name) => planner.Model(name);

        public string Tune(string name, TuningMethod tuning, TrainingRecipe? recipe) => planner.Tune(method, name, tuning, recipe, seed);

        public string Reward(string name, TuningMethod tuning, RewardInitialization initialization, double lambda, TrainingRecipe? recipe, string? data, ArchitectureSpec? architecture) =>
            planner.Reward(method, name, tuning, initialization, lambda, recipe, data, architecture, seed);

        public string Merge(string name, string? patch, WeightDifference? difference) => planner.Merge(method, name, patch, difference, seed);

        public string Randomize(string artifact, ArtifactKind kind) => planner.Randomize(artifact, kind, seed);

        public FewShot Shots(int count) => new() { Data = planner.Examples(planner._study.Tuning), Count = count, Seed = seed };
    }
}
