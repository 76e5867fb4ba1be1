using Ptune.Contracts.Sweeps;
using Ptune.Contracts.Sweeps.Strategies;

namespace Ptune.Contracts.Specs.Reading;

/// <summary>What must hold in a sweep.</summary>
internal sealed partial class SpecRules
{
    /// <summary>The most values at one place: nobody compares more, and each is judged.</summary>
    private const int MostValues = 1000;

    private static readonly string[] _searchedKinds = ["RewardTuning", "FineTuning", "Pretraining"];

    private void Sweep(SweepSpec sweep)
    {
        var isJobKnown = !_isUnusable("job");
        var isSearched = sweep.Job.Training() is not null;
        Require(isSearched, "job.kind", "A sweep searches how something is trained.", $"Use one of {string.Join(", ", _searchedKinds)}.");
        Require(sweep.Job.Scheduling == new Scheduling(), "job.scheduling", "Where a sweep's jobs run is said once.", "Write 'scheduling' beside 'job', not in it.");
        _problems.AddRange(Check(sweep.Job, _positions.Below("job"), path => _isUnusable($"job.{path}")));
        Method(sweep);
        Evaluated(sweep);
        Require(sweep.Vary.Count > 0, "vary", "Nothing is varied.", "Name paths into the job, as recipe.learningRate, and their values.");
        if (!isJobKnown || !isSearched) return;
        var before = _problems.Count;
        foreach (var (path, range) in sweep.Vary) Varied(sweep, path, range);
        if (sweep.Vary.Values.All(r => r.Values is not null))
        {
            var (count, isGrid) = (GridTrials.Count(sweep.Vary), sweep.Method == SweepMethod.Grid);
            Require(isGrid || sweep.Trials is not { } trials || trials <= count, "trials", $"There are only {count:N0} different trials.", "Ask for fewer, or use method: grid, which tries each once.");
            Require(!isGrid || count <= SweepSpec.MaxTrials, "vary", $"The grid has {count:N0} trials; at most {SweepSpec.MaxTrials:N0} are run.", "Give fewer values, or use method: random with a number of trials.");
        }
        if (_problems.Count == before && !_isUnusable("trials") && (sweep.Trials is not null || sweep.Method == SweepMethod.Grid)) Combinations(sweep);
    }

    private void Method(SweepSpec sweep)
    {
        var isGrid = sweep.Method == SweepMethod.Grid;
        Require(!isGrid || sweep.Trials is null, "trials", "A grid runs every combination of the values.", "Take 'trials' away, or use method: random.");
        Require(isGrid || sweep.Trials is not null, "trials", $"How many trials are drawn is not said, and method {sweep.Method.ToString().ToLowerInvariant()} draws them.", "Add 'trials: ' and a number.");
        Require(sweep.Asha is null || sweep.Method == SweepMethod.Asha, "asha", "These settings are for method: asha.", "Write 'method: asha', or take them away.");
        if (sweep.Method != SweepMethod.Asha || sweep.Job.Training() is not { } recipe || _isUnusable($"job.{TrialJobs.Epochs}")) return;
        var epochs = (sweep.Asha ?? new()).MinEpochs;
        Require(epochs < recipe.Epochs, "asha.minEpochs", $"The first rung has {epochs} epochs and the job {recipe.Epochs}: nothing can stop early.", "Begin with fewer epochs than the job's recipe has.");
        Require(!sweep.Vary.ContainsKey(TrialJobs.Epochs), $"vary.{TrialJobs.Epochs}", "How long a trial is trained is what asha decides.", "Take it away here; the job's recipe says the most epochs.");
    }

    private void Evaluated(SweepSpec sweep)
    {
        if (sweep.Evaluate is not { } data) return;
        Data(data, "evaluate");
        Require(data.Split is Split.Validation or Split.Test, "evaluate.split", $"Trials are compared on examples that nothing was trained on, not on the {data.Split.ToString().ToLowerInvariant()} split.", "Write validation; or test, and then the result says so.");
        if (sweep.Job.Training() is not null && sweep.Job.Examples() is { } trained && !_isUnusable("job"))
            Require(data.Dataset.Labels.AsSpan().SequenceEqual(trained.Dataset.Labels), "evaluate.dataset.labels", "The labels are not those of the job's data set.", "Evaluate on a data set with the same labels in the same order.");
    }

    private void Varied(SweepSpec sweep, string path, SweepRange range)
    {
        var at = $"vary.{path}";
        var (target, problem, fix) = Place(sweep.Job, path);
        if (target is null)
        {
            Report(at, problem!, fix!);
            return;
        }
        if (range.Values is { } values) Values(target, values, range, at);
        else Bounds(target, range, sweep.Method, at);
    }

    private static (JobPath? Path, string? Problem, string? Fix) Place(JobSpec job, string path)
    {
        if (job.Inputs().Any(i => i.Path == path)) return (null, $"'{path}' is what the job reads; a sweep varies how it is trained.", "Write a sweep for each.");
        if (path.StartsWith("data.dataset", StringComparison.Ordinal)) return (null, "The data set is not varied: the figures could not be compared.", "Write a sweep for each.");
        var found = JobPath.Find(job, path);
        return found.Path is { IsIdentity: false } ? (null, $"'{path}' does not change what is computed.", "Vary something that does.") : found;
    }

    private void Values(JobPath target, SweepValue[] values, SweepRange range, string at)
    {
        Require(range is { Min: null, Max: null }, at, "There are values, and bounds, too.", "Give either 'values', or 'min' and 'max'.");
        Require(values.Length is > 0 and <= MostValues, $"{at}.values", values.Length == 0 ? "There are no values." : $"There are {values.Length:N0} values; at most {MostValues:N0} are tried at one place.", "Give the values to try.");
        var seen = new HashSet<SweepValue>();
        for (var i = 0; i < Math.Min(values.Length, MostValues); i++)
        {
            var place = $"{at}.values[{i}]";
            if (_isUnusable(place)) continue;
            if (target.Refusal(values[i]) is { } expected) Report(place, $"'{values[i]}' cannot stand there; it has to be {expected}.", $"Write {expected}.");
            Require(seen.Add(values[i]), place, $"'{values[i]}' stands twice.", "Give each value once.");
        }
    }

    private void Bounds(JobPath target, SweepRange range, SweepMethod method, string at)
    {
        if (range is not { Min: { } min, Max: { } max })
        {
            Report(at, "It is not said what is tried here.", method == SweepMethod.Grid ? "Give 'values'." : "Give 'values', or 'min' and 'max'.");
            return;
        }
        Require(method != SweepMethod.Grid, at, "A grid needs values; between two bounds there is no end of them.", "Give 'values', or use method: random.");
        if (!target.IsNumber)
        {
            Report(at, "Only numbers lie between bounds.", "Give 'values'.");
            return;
        }
        foreach (var (key, bound) in new[] { ("min", min), ("max", max) })
            if (!_isUnusable($"{at}.{key}") && target.Refusal(SweepValue.Of(bound)) is { } expected)
                Report($"{at}.{key}", $"'{SweepValue.Of(bound)}' cannot stand there; it has to be {expected}.", $"Write {expected}.");
        Require(min < max, at, $"min {SweepValue.Of(min)} is not below max {SweepValue.Of(max)}.", "Write the lesser one behind 'min'.");
        Require(range.Scale != SweepScale.Log || min > 0, $"{at}.min", "A logarithm needs bounds above 0.", "Write a 'min' above 0, or 'scale: linear'.");
    }

    /// <summary>Values that are right each by itself may not go together: the job's own rules judge every trial, and the first one that breaks them is named.</summary>
    private void Combinations(SweepSpec sweep)
    {
        var known = Check(sweep.Job, _positions).Select(p => p.Path).ToHashSet();
        for (var number = 1; number <= SweepTrials.Count(sweep); number++)
        {
            var values = SweepTrials.Values(sweep, number);
            if (Check(TrialJobs.With(sweep.Job, values), _positions).FirstOrDefault(p => !known.Contains(p.Path)) is not { } problem) continue;
            var places = values.Keys.Where(path => problem.Path == path).ToArray();
            Report(
                places.Length == 1 ? $"vary.{places[0]}" : "vary",
                $"Trial {number} ({string.Join(", ", values.Select(v => $"{v.Key} {v.Value}"))}) is no job that can run: {problem.Message}",
                "Leave out values that do not go together.");
            return;
        }
    }
}
