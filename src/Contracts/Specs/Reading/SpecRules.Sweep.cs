using System.Text.Json;
using System.Text.Json.Nodes;
using Ptune.Contracts.Sweeps;
using Ptune.Contracts.Sweeps.Strategies;

namespace Ptune.Contracts.Specs.Reading;

/// <summary>What must hold in a sweep.</summary>
internal sealed partial class SpecRules
{
    /// <summary>The most values at one path: nobody compares more, and each one is checked.</summary>
    private const int MostValues = 1000;

    /// <summary>Up to here a double holds every whole number, so that none is read or drawn as its neighbour.</summary>
    private const long MostExact = (1L << 53) - 1;

    private static readonly string[] _searchedKinds = ["RewardTuning", "FineTuning", "Pretraining"];

    private void Sweep(SweepSpec sweep)
    {
        var isJobKnown = !IsUnusable("job");
        var isSearched = sweep.Job.Training() is not null;
        Require(isSearched, "job.kind", "A sweep varies how something is trained.", $"Use one of {string.Join(", ", _searchedKinds)}.");
        Require(sweep.Job.Scheduling == new Scheduling(), "job.scheduling", "A sweep has one 'scheduling' for all of its jobs.", "Move it from 'job' to the top level.");
        Check(sweep.Job, positions.Below("job"), problems, unusable);
        Method(sweep);
        Evaluated(sweep);
        Require(sweep.Vary.Count > 0, "vary", "Nothing is varied.", "Name paths into the job, such as recipe.learningRate, and their values.");
        if (!isJobKnown || !isSearched) return;
        foreach (var (path, range) in sweep.Vary) Varied(sweep, path, range);
        if (sweep.Vary.Values.All(r => r.Values is not null))
        {
            var (count, isGrid) = (GridTrials.Count(sweep.Vary), sweep.Method == SweepMethod.Grid);
            Require(isGrid || sweep.Trials is not { } trials || trials <= count, "trials", $"There are only {count:N0} different trials.", "Ask for fewer, or use method: grid, which tries each once.");
            Require(!isGrid || count <= SweepSpec.MaxTrials, "vary", $"The grid has {count:N0} trials; at most {SweepSpec.MaxTrials:N0} are run.", "Give fewer values, or use method: random with a number of trials.");
        }
        // Only then are the trials countable, few enough and cheap to make.
        if (problems.Count == 0) Combinations(sweep);
    }

    private void Method(SweepSpec sweep)
    {
        if (IsUnusable("method")) return;
        var isGrid = sweep.Method == SweepMethod.Grid;
        Require(!isGrid || sweep.Trials is null, "trials", "A grid runs every combination of the values.", "Remove 'trials', or use method: random.");
        Require(isGrid || sweep.Trials is not null, "trials", $"Method {sweep.Method.ToString().ToLowerInvariant()} needs the number of trials to draw.", "Add 'trials: ' and a number.");
        Require(sweep.Asha is null || sweep.Method == SweepMethod.Asha, "asha", "These settings are for method: asha.", "Write 'method: asha', or remove them.");
        if (sweep.Method != SweepMethod.Asha || sweep.Job.Training() is null || IsUnusable("job.data")) return;
        var measure = SweepMeasure.Of(sweep);
        if (IsUnusable($"job.{measure.LengthPath}")) return;
        var (first, full, units) = ((sweep.Asha ?? new()).MinEpochs, measure.LengthOf(sweep.Job), $"{measure.LengthUnit}s");
        Require(first < full, "asha.minEpochs", $"The first rung has {first} {units} and the job {full}: nothing can stop early.", $"Use fewer {units} than the job's recipe has.");
        Require(!sweep.Vary.ContainsKey(measure.LengthPath), $"vary.{measure.LengthPath}", $"asha decides how many {units} a trial is trained for.", $"Remove it here; the job's recipe gives the most {units}.");
    }

    private void Evaluated(SweepSpec sweep)
    {
        if (sweep.Evaluate is not { } data)
        {
            Require(sweep.Job.Examples()?.Dataset is not TextDatasetSpec { Shape: TextFormat.Preference }, "evaluate", "Trials on preferences have nothing to be compared on.", "Add 'evaluate' with a data set of text, promptResponse or messages.");
            return;
        }
        Data(data, "evaluate");
        Require(data.Split is Split.Validation or Split.Test, "evaluate.split", $"Trials are compared on examples that no model was trained on, not on the {data.Split.ToString().ToLowerInvariant()} split.", "Write validation, or test; the result names the split.");
        Require(data.Dataset is not TextDatasetSpec { Shape: TextFormat.MultipleChoice or TextFormat.Preference }, "evaluate.dataset.format", "Trials are compared by bits per byte, or by the accuracy of labels.", "Evaluate on text, promptResponse, messages or textLabel.");
        if (sweep.Job.Training() is not null && sweep.Job.Examples() is { } trained && !IsUnusable("job"))
            Require(HaveSameLabels(data.Dataset, trained.Dataset), "evaluate.dataset.labels", "The labels differ from those of the job's data set.", "Evaluate on a data set with the same labels in the same order.");
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
        if (job.Inputs().Any(i => i.Path == path)) return (null, $"{Shown.Name(path)} is an input of the job; a sweep varies how it is trained.", "Write one sweep for each input.");
        if (path.StartsWith("data.dataset", StringComparison.Ordinal)) return (null, "The data set cannot be varied: the results could not be compared.", "Write one sweep for each data set.");
        var found = JobPath.Find(job, path);
        return found.Path is { IsIdentity: false } ? (null, $"{Shown.Name(path)} does not change what is computed.", "Vary something that does.") : found;
    }

    private void Values(JobPath target, SweepValue[] values, SweepRange range, string at)
    {
        Require(range is { Min: null, Max: null }, at, "There are both values and bounds.", "Give either 'values', or 'min' and 'max'.");
        Require(values.Length is > 0 and <= MostValues, $"{at}.values", values.Length == 0 ? "There are no values." : $"There are {values.Length:N0} values; the limit is {MostValues:N0}.", "Give the values to try.");
        var seen = new HashSet<SweepValue>();
        for (var i = 0; i < Math.Min(values.Length, MostValues); i++)
        {
            var place = $"{at}.values[{i}]";
            if (IsUnusable(place)) continue;
            if (target.Refusal(values[i]) is { } expected) Report(place, $"{Shown.Name(values[i].ToString())} does not fit there; it has to be {expected}.", $"Write {expected}.");
            Require(seen.Add(values[i]), place, $"{Shown.Name(values[i].ToString())} appears twice.", "Give each value once.");
        }
    }

    private void Bounds(JobPath target, SweepRange range, SweepMethod method, string at)
    {
        if (range is not { Min: { } min, Max: { } max })
        {
            Report(at, "The values to try are missing.", method == SweepMethod.Grid ? "Give 'values'." : "Give 'values', or 'min' and 'max'.");
            return;
        }
        Require(method != SweepMethod.Grid, at, "A grid needs values: between two bounds there are too many.", "Give 'values', or use method: random.");
        if (!target.IsNumber)
        {
            Report(at, "Only numbers can have bounds.", "Give 'values'.");
            return;
        }
        foreach (var (key, bound) in new[] { ("min", min), ("max", max) })
        {
            if (IsUnusable($"{at}.{key}")) continue;
            if (target.Refusal(SweepValue.Of(bound)) is { } expected) Report($"{at}.{key}", $"{SweepValue.Of(bound)} does not fit there; it has to be {expected}.", $"Write {expected}.");
            else Require(!target.IsWhole || Math.Abs(bound) <= MostExact, $"{at}.{key}", $"Whole numbers are drawn exactly only between -{MostExact:N0} and {MostExact:N0}.", "Use a bound in this range, or give 'values'.");
        }
        Require(min < max, at, $"min {SweepValue.Of(min)} is not below max {SweepValue.Of(max)}.", "Write the smaller one as 'min'.");
        Require(range.Scale != SweepScale.Log || min > 0, $"{at}.min", "A log scale needs bounds above 0.", "Write a 'min' above 0, or 'scale: linear'.");
    }

    /// <summary>Values that are right by themselves may not go together: the job's own rules judge every trial, and the first one that breaks them is named.</summary>
    private void Combinations(SweepSpec sweep)
    {
        // One copy takes each trial's values in turn: ten thousand copies would take seconds.
        var trial = WithoutLabels(sweep.Job);
        var places = sweep.Vary.Keys.ToDictionary(path => path, path => JobPath.Find(trial, path).Path!);
        for (var number = 1; number <= SweepTrials.Count(sweep); number++)
        {
            var values = SweepTrials.Values(sweep, number, path => places[path].IsWhole);
            foreach (var (path, value) in values) places[path].Put(value);
            var broken = new SpecProblems();
            Check(trial, positions, broken, new UnusablePaths());
            if (broken.InOrder() is not [var problem, ..]) continue;
            Report(
                values.ContainsKey(problem.Path) ? $"vary.{problem.Path}" : "vary",
                $"Trial {number} ({Shown.Sentence(string.Join(", ", values.Select(v => $"{v.Key} {v.Value}")))}) is not a valid job: {problem.Message}",
                "Leave out values that do not go together.");
            return;
        }
    }

    /// <summary>A copy of the job without its data set's labels: no trial changes them, and each would check them anew.</summary>
    private static JobSpec WithoutLabels(JobSpec job)
    {
        var node = JsonSerializer.SerializeToNode(job, SpecJson.Options)!;
        (node["data"]?["dataset"]?["labels"] as JsonArray)?.Clear();
        return node.Deserialize<JobSpec>(SpecJson.Options)!;
    }
}
