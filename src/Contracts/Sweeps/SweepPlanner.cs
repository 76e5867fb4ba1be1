using Ptune.Contracts.Identity;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;
using Ptune.Contracts.Studies;

namespace Ptune.Contracts.Sweeps;

/// <summary>
/// From a sweep's trial to its jobs, a chain of which each one reads what the former made: tune, score; a reward is also combined with its source,
/// whose scores all trials share.
/// </summary>
public sealed class SweepPlanner
{
    /// <summary>The place of the one job that all trials of a reward share: the scores of its source.</summary>
    public const string SourceKey = "source";

    private readonly SweepSpec _sweep;
    private readonly JobSpec _job;
    private readonly SweepMeasure _measure;
    private readonly DataSpec _evaluate;
    private readonly string _tenant;
    private readonly string? _nonce;

    /// <param name="tenant">Whose store the jobs belong to.</param>
    /// <param name="sweep">A valid spec.</param>
    /// <param name="resolved">Digests of the aliases that the job names.</param>
    /// <param name="nonce">Not null to compute everything anew.</param>
    public SweepPlanner(string tenant, SweepSpec sweep, IReadOnlyDictionary<string, string> resolved, string? nonce = null)
    {
        _measure = SweepMeasure.Of(sweep);
        _job = sweep.Job.WithInputs(reference => resolved.GetValueOrDefault(reference, reference));
        (_tenant, _nonce, _sweep, _evaluate) = (tenant, nonce, sweep, EvaluatedOn(sweep));
        SweepId = JobIds.OfSweep(tenant, sweep with { Job = _job }, nonce);
    }

    public string SweepId { get; }

    /// <summary>The examples that trials are compared on.</summary>
    public static DataSpec EvaluatedOn(SweepSpec sweep)
    {
        if (sweep.Evaluate is { } given) return given;
        var data = sweep.Job.Examples()! with { Split = Split.Validation, Count = null };
        return data.Dataset is TextDatasetSpec ? data with { Packing = false } : data;
    }

    /// <summary>All trials, or the first <paramref name="most"/>, each at its first rung. A job that several trials share stands once.</summary>
    /// <exception cref="OperationCanceledException">Whoever asked has left.</exception>
    public SweepPlan Plan(int most = int.MaxValue, CancellationToken cancellation = default)
    {
        var jobs = Enumerable.Range(1, Math.Min(most, SweepTrials.Count(_sweep))).SelectMany(number =>
        {
            cancellation.ThrowIfCancellationRequested();
            var values = SweepTrials.Values(_sweep, number);
            return Trial(number, values, SweepTrials.Rungs(_sweep, values)[0]);
        });
        return new SweepPlan(SweepId, [.. jobs.DistinctBy(j => j.JobId)]);
    }

    /// <summary>The rungs that trials may be promoted to; none without early stopping. Of each, one trial stands for all: the one whose first rung costs most.</summary>
    /// <param name="seconds">What the jobs of the first rung are likely to take, by their ids, as far as it is known.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="OperationCanceledException">Whoever asked has left.</exception>
    public LaterRung[] Later(IReadOnlyDictionary<string, double> seconds, CancellationToken cancellation = default)
    {
        if (_sweep.Method != SweepMethod.Asha) return [];
        var (count, reduction) = (SweepTrials.Count(_sweep), (_sweep.Asha ?? new()).Reduction);
        var costliest = Enumerable.Range(1, count).MaxBy(number =>
        {
            cancellation.ThrowIfCancellationRequested();
            var values = SweepTrials.Values(_sweep, number);
            return Trial(number, values, SweepTrials.Rungs(_sweep, values)[0]).Sum(job => seconds.GetValueOrDefault(job.JobId));
        });
        var chosen = SweepTrials.Values(_sweep, costliest);
        // One in so many is promoted; the best of all reaches the last rung in any case.
        return [.. SweepTrials.Rungs(_sweep, chosen).Skip(1).Select(epochs => new LaterRung(count = Math.Max(1, count / reduction), Trial(costliest, chosen, epochs)))];
    }

    /// <summary>The chain of a trial that is trained for so many epochs, of texts steps. The last job's result holds the objective.</summary>
    public PlannedJob[] Trial(int number, IReadOnlyDictionary<string, SweepValue> values, int epochs)
    {
        // What the sweep has left open follows the trial's values.
        var tuned = TextDefaults.Fill(TrialJobs.With(_job, [.. values, KeyValuePair.Create(_measure.LengthPath, SweepValue.Of((long)epochs))]));
        var (key, name) = ($"trial/{number}/{epochs}", $"trial {number} at {epochs} {_measure.LengthUnit}{(epochs == 1 ? "" : "s")}");
        var chain = new List<PlannedJob>();
        if (_evaluate.Dataset is TextDatasetSpec)
        {
            var made = Add(chain, $"{key}/tune", $"tune {name}", tuned);
            Add(chain, $"{key}/evaluate", $"evaluate {name}", TextDefaults.Fill(Judged(tuned, made)));
            return [.. chain];
        }
        if (tuned is not RewardTuningSpec reward)
        {
            var model = Add(chain, $"{key}/tune", $"tune {name}", tuned);
            var isPatch = tuned is FineTuningSpec && tuned.Produces() == ArtifactKind.Patch;
            Add(chain, $"{key}/score", $"score {name}", isPatch
                ? new ScoringSpec { Data = _evaluate, Subject = ((FineTuningSpec)tuned).Base, Patch = model }
                : new ScoringSpec { Data = _evaluate, Subject = model });
            return [.. chain];
        }
        var source = Add(chain, SourceKey, "score source", new ScoringSpec { Data = _evaluate, Subject = reward.Source });
        var trained = Add(chain, $"{key}/tune", $"tune {name}", reward);
        var scores = Add(chain, $"{key}/score", $"score {name}", new ScoringSpec { Data = _evaluate, Subject = trained, SubjectKind = ArtifactKind.Reward });
        Add(chain, $"{key}/evaluate", $"evaluate {name}", new EvaluationSpec
        {
            Data = _evaluate,
            Lambda = reward.Lambda,
            Scores = new EvaluationScores { Target = source, Reward = scores },
        });
        return [.. chain];
    }

    /// <summary>A patch and a reward of texts are judged on the model that they were tuned on.</summary>
    private EvaluationSpec Judged(JobSpec tuned, string made)
    {
        var job = new EvaluationSpec { Data = _evaluate };
        return tuned switch
        {
            RewardTuningSpec reward => job with { Subject = reward.Source, Rewards = [new RewardUse { Reward = made, Source = reward.Method is LoraMethod ? reward.Source : null }] },
            FineTuningSpec patched when patched.Produces() == ArtifactKind.Patch => job with { Subject = patched.Base, Patch = made },
            _ => job with { Subject = made },
        };
    }

    private string Add(List<PlannedJob> chain, string key, string name, JobSpec spec)
    {
        spec = spec with { Name = name, Scheduling = _sweep.Scheduling };
        var id = JobIds.Of(_tenant, spec, _nonce);
        // What another job outside of the chain makes, the job itself waits for.
        var known = chain.Select(j => j.JobId).ToHashSet();
        var dependsOn = spec.Inputs().Where(i => InputRef.IsJob(i.Reference)).Select(i => InputRef.JobId(i.Reference)).Where(known.Contains).Distinct();
        chain.Add(new PlannedJob(key, id, name, spec, [.. dependsOn], Alias: null));
        return InputRef.ToJob(id);
    }
}
