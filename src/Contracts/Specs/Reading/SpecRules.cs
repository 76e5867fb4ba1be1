using System.Text.RegularExpressions;

namespace Ptune.Contracts.Specs.Reading;

/// <summary>What must hold between the parts of a spec.</summary>
internal sealed partial class SpecRules
{
    private readonly SpecPositions _positions;
    private readonly List<SpecProblem> _problems = [];

    private readonly Func<string, bool> _isUnusable;

    private SpecRules(SpecPositions positions, Func<string, bool> isUnusable) => (_positions, _isUnusable) = (positions, isUnusable);

    /// <param name="spec">The spec, with neutral values in place of unusable ones.</param>
    /// <param name="positions">Where its parts stand.</param>
    /// <param name="isUnusable">True for a path where a neutral value stands: what is said elsewhere of that place cannot be judged. Null: none.</param>
    public static IReadOnlyList<SpecProblem> Check(Spec spec, SpecPositions positions, Func<string, bool>? isUnusable = null)
    {
        var rules = new SpecRules(positions, isUnusable ?? (_ => false));
        rules.Common(spec);
        switch (spec)
        {
            case TransferStudySpec study: rules.Study(study); break;
            case SweepSpec sweep: rules.Sweep(sweep); break;
            case JobSpec job: rules.Job(job); break;
        }
        return rules._problems;
    }

    private void Report(string path, string message, string fix) => _problems.Add(_positions.Problem(path, message, fix));

    private void Require(bool holds, string path, string message, string fix)
    {
        if (!holds) Report(path, message, fix);
    }

    private void Common(Spec spec)
    {
        Require(spec.ApiVersion == Spec.CurrentApiVersion, "apiVersion", $"apiVersion '{spec.ApiVersion}' is not known here.", $"Write 'apiVersion: {Spec.CurrentApiVersion}'.");
        Require(PoolForm().IsMatch(spec.Scheduling.Pool), "scheduling.pool", $"'{spec.Scheduling.Pool}' is no name for a pool.", "Use small letters, digits and '-'.");
        foreach (var (label, _) in spec.Scheduling.Needs?.Labels ?? [])
            Require(LabelForm().IsMatch(label), $"scheduling.needs.labels.{label}", $"'{label}' is no name for a label.", "Use letters, digits, '.', '_', '-' and '/', at most 63 of them.");
        for (var i = 0; i < spec.Scheduling.LogRules?.Length; i++) Pattern(spec.Scheduling.LogRules[i], $"scheduling.logRules[{i}].pattern");
        if (spec.Name.Length > 0 || spec is not JobSpec)
            Require(NameForm().IsMatch(spec.Name), "name", spec.Name.Length == 0 ? $"A {(spec is SweepSpec ? "sweep" : "study")} needs a name." : $"'{spec.Name}' is no name.", "Use letters, digits, '.', '_', '-' and '@', at most 63 of them, a letter or digit first.");
    }

    private void Pattern(LogRule rule, string path)
    {
        Require(rule.Pattern.Length > 0, path, "An empty pattern matches every line.", "Write a regular expression.");
        try
        {
            rule.Compile();
        }
        catch (RegexParseException e)
        {
            Report(path, $"'{rule.Pattern}' is no regular expression: at character {e.Offset}, {e.Error}.", "Mend it there; a backslash takes a character as it is.");
        }
    }

    private void Job(JobSpec job)
    {
        foreach (var input in job.Inputs())
        {
            var known = InputRef.IsAlias(input.Reference) || InputRef.IsDigest(input.Reference)
                || (InputRef.IsJob(input.Reference) && Identity.JobIds.IsWellFormed(InputRef.JobId(input.Reference)));
            Require(known, input.Path, $"'{input.Reference}' names nothing that a job can read.", "Write name@version, sha256:DIGEST or job:ID.");
        }
        if (job.Examples() is { } data)
        {
            Data(data, "data");
            if (job.Training() is not null) Trains(data, "data");
        }
        switch (job)
        {
            case PretrainingSpec p: Architecture(p.Architecture, "architecture"); break;
            case ScoringSpec s:
                Require(s.SubjectKind is ArtifactKind.Model or ArtifactKind.Reward, "subjectKind", "Only a model or a reward can be scored.", "Write model or reward.");
                break;
            case EvaluationSpec e: Evaluation(e); break;
        }
    }

    private void Trains(DataSpec data, string path) =>
        Require(data.Split is not (Split.Test or Split.Validation), $"{path}.split", $"The {(data.Split == Split.Test ? "test" : "validation")} split is not for training.", "Train on pretraining or tuning.");

    private void Evaluation(EvaluationSpec evaluation)
    {
        Require(evaluation.Scores is not null || evaluation.Models is not null, "scores", "There is nothing to evaluate.", "Give 'scores' to compare, or 'models' to time.");
        if (evaluation.Scores is { TunedSource: not null, Source: null })
            Report("scores.tunedSource", "EFT needs the bare source, too: target + (tunedSource - source).", "Add 'source', or take 'tunedSource' away.");
    }

    private void Architecture(ArchitectureSpec architecture, string path)
    {
        if (architecture is VitSpec vit)
            Require(vit.Dim % vit.Heads == 0, $"{path}.heads", $"{vit.Heads} heads do not divide the width {vit.Dim}.", "Choose a dim that is a multiple of heads.");
    }

    private void Data(DataSpec data, string path)
    {
        Dataset(data.Dataset, $"{path}.dataset");
        Count(data.Count, data.Split, data.Splits, $"{path}.count");
    }

    private void Count(int? count, Split split, SplitsSpec splits, string path)
    {
        var rows = split switch
        {
            Split.Pretraining => splits.Pretraining,
            Split.Tuning => splits.Tuning,
            Split.Validation => splits.Validation,
            _ => int.MaxValue,
        };
        Require(count is null || count <= rows, path, $"{count} examples are asked for, and the split has {rows}.", "Ask for fewer, or give the split more under 'splits'.");
    }

    private void Dataset(DatasetSpec dataset, string path)
    {
        var web = Uri.TryCreate(dataset.Location, UriKind.Absolute, out var address) && address.Scheme is "http" or "https";
        Require(web || Path.IsPathFullyQualified(dataset.Location), $"{path}.location", $"'{dataset.Location}' is neither a full path nor an http(s) address.", "Write the folder's full path, or an address that starts with https://.");
        foreach (var (key, file) in dataset.Files.All())
        {
            var inside = file.Path.Length > 0 && !Path.IsPathRooted(file.Path) && !file.Path.Split('/', '\\').Contains("..");
            Require(inside, $"{path}.files.{key}.path", $"'{file.Path}' does not lie below the data set's location.", "Write a relative path without '..'.");
        }
        for (var i = 0; i < dataset.Labels.Length; i++)
        {
            Require(dataset.Labels[i].Length > 0, $"{path}.labels[{i}]", "A label needs a name.", "Write the name of the label with this number.");
            Require(Array.IndexOf(dataset.Labels, dataset.Labels[i]) == i, $"{path}.labels[{i}]", $"The label '{dataset.Labels[i]}' stands twice.", "Give each label a name of its own.");
        }
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,62}$")]
    private static partial Regex PoolForm();

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._/-]{0,62}$")]
    private static partial Regex LabelForm();

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._@-]{0,62}$")]
    private static partial Regex NameForm();
}
