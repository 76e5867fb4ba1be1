using System.Text.RegularExpressions;

namespace Ptune.Contracts.Specs.Reading;

/// <summary>What must hold between the parts of a spec. Every rule is linear in the spec's size.</summary>
/// <param name="positions">Where the spec's parts stand.</param>
/// <param name="problems">Takes what is found.</param>
/// <param name="unusable">The paths at which neutral values stand: nothing is reported there, since it would only repeat what is known.</param>
internal sealed partial class SpecRules(SpecPositions positions, SpecProblems problems, UnusablePaths unusable)
{
    /// <summary>Checks a whole spec, with neutral values in place of unusable ones.</summary>
    public static void Check(Spec spec, SpecPositions positions, SpecProblems problems, UnusablePaths unusable) =>
        new SpecRules(positions, problems, unusable).Check(spec);

    private void Check(Spec spec)
    {
        Common(spec);
        switch (spec)
        {
            case TransferStudySpec study: Study(study); break;
            case LanguageStudySpec study: Study(study); break;
            case SweepSpec sweep: Sweep(sweep); break;
            case JobSpec job: Job(job); break;
        }
    }

    /// <summary>False where a problem at this path would not be listed, so that its text need not be made up.</summary>
    private bool IsListed(string path) => !problems.IsFull && !unusable.Touches(positions.Place(path));

    private bool IsUnusable(string path) => unusable.Covers(positions.Place(path));

    private void Report(string path, string message, string fix)
    {
        if (!unusable.Touches(positions.Place(path))) problems.Add(positions.Problem(path, message, fix));
    }

    private void Require(bool holds, string path, string message, string fix)
    {
        if (!holds) Report(path, message, fix);
    }

    private void Common(Spec spec)
    {
        Require(spec.ApiVersion == Spec.CurrentApiVersion, "apiVersion", $"The apiVersion {Shown.Name(spec.ApiVersion)} is unknown.", $"Write 'apiVersion: {Spec.CurrentApiVersion}'.");
        Require(PoolName.IsValid(spec.Scheduling.Pool), "scheduling.pool", $"{Shown.Name(spec.Scheduling.Pool)} is not a valid pool name.", PoolName.Form);
        foreach (var (label, value) in spec.Scheduling.Needs?.Labels ?? [])
        {
            Require(LabelForm().IsMatch(label), $"scheduling.needs.labels.{label}", $"{Shown.Name(label)} is not a valid label name.", "Use at most 63 letters, digits, '.', '_', '-' and '/', a letter or digit first.");
            Require(IsLabelValue(value), $"scheduling.needs.labels.{label}", $"{Shown.Name(value)} is not a valid label value.", $"Use 1 to {Needs.MaxLabelValue} characters without line breaks.");
        }
        for (var i = 0; i < spec.Scheduling.LogRules?.Length; i++) Pattern(spec.Scheduling.LogRules[i], $"scheduling.logRules[{i}].pattern");
        if (spec.Name.Length > 0 || spec is not JobSpec)
            Require(NameForm().IsMatch(spec.Name), "name", spec.Name.Length == 0 ? $"A {(spec is SweepSpec ? "sweep" : "study")} needs a name." : $"{Shown.Name(spec.Name)} is not a valid name.", "Use at most 63 letters, digits, '.', '_', '-' and '@', a letter or digit first.");
    }

    private void Pattern(LogRule rule, string path)
    {
        Require(rule.Pattern.Length > 0, path, "An empty pattern matches every line.", "Write a regular expression.");
        // A pattern that is too long was reported, and is not compiled: the parser of patterns recurses.
        if (!IsListed(path)) return;
        try
        {
            rule.Compile();
        }
        catch (RegexParseException e)
        {
            Report(path, $"{Shown.Name(rule.Pattern)} is not a regular expression: {e.Error} at character {e.Offset}.", "Correct it there; a backslash before a character makes it literal.");
        }
    }

    private void Job(JobSpec job)
    {
        foreach (var input in job.Inputs())
        {
            var known = InputRef.IsAlias(input.Reference) || InputRef.IsDigest(input.Reference)
                || (InputRef.IsJob(input.Reference) && Identity.JobIds.IsWellFormed(InputRef.JobId(input.Reference)));
            Require(known, input.Path, $"{Shown.Name(input.Reference)} is not a reference to an artifact or a job.", "Write name@version, sha256:DIGEST or job:ID.");
        }
        if (job.Examples() is { } data)
        {
            Data(data, "data");
            if (job.Training() is not null) Trains(data, "data");
        }
        Recipe(job);
        Publish(job.Publish);
        switch (job)
        {
            case PretrainingSpec p: Pretraining(p); break;
            case FineTuningSpec f: FineTuning(f); break;
            case ImportSpec i: Import(i); break;
            case PreparationSpec p: Preparation(p); break;
            case GenerationSpec g: Generation(g); break;
            case RewardTuningSpec r: RewardTuning(r); break;
            case MergingSpec m: Merging(m); break;
            case RandomControlSpec r: RandomControl(r); break;
            case ScoringSpec s:
                Require(s.SubjectKind is ArtifactKind.Model or ArtifactKind.Reward, "subjectKind", "Only a model or a reward can be scored.", "Write model or reward.");
                Require(s.Data.Dataset is TextDatasetSpec || s is { Rewards: null, Emulated: null }, s.Rewards is null ? "emulated" : "rewards", "Images are scored model by model, and the scores are combined by an Evaluation.", "Remove it.");
                Require(s.Data.Dataset is TextDatasetSpec || s.Patch is null || s.SubjectKind == ArtifactKind.Model, "patch", "A patch is hung on a model, and the subject is a reward.", "Remove 'patch'.");
                LabelPrompt(s.LabelPrompt, s.Data);
                Carried(s.Rewards, s.Emulated);
                break;
            case EvaluationSpec e: Evaluation(e); break;
            case TimingSpec t: Timing(t); break;
        }
    }

    private void Trains(DataSpec data, string path) =>
        Require(data.Split is not (Split.Test or Split.Validation), $"{path}.split", $"The {(data.Split == Split.Test ? "test" : "validation")} split is not for training.", "Train on pretraining or tuning.");

    private void Evaluation(EvaluationSpec evaluation)
    {
        if (evaluation.Data.Dataset is TextDatasetSpec)
        {
            TextEvaluation(evaluation);
            return;
        }
        Require(evaluation.Task is null or AccuracyTask, "task.kind", "A subject that reads images is judged by its accuracy.", "Write 'kind: accuracy', or remove 'task'.");
        Require(evaluation.Subject is not null || evaluation is { Patch: null, Task: null }, evaluation.Patch is null ? "task" : "patch", "There is no subject that this belongs to.", "Name a model as 'subject'.");
        Require(evaluation.Subject is null || (evaluation.Scores is null && evaluation.Models is null), "subject", "Either a subject is judged, or scores and models are compared.", "Remove 'subject', or score it and name its scores under 'scores'.");
        Require(evaluation.Dtype is null, "dtype", "Images are computed in float32.", "Remove 'dtype'.");
        LabelPrompt(evaluation.LabelPrompt, evaluation.Data);
        Require(evaluation.FewShot is null, "fewShot", "Examples are shown before texts, and these are images.", "Remove 'fewShot'.");
        Require(evaluation is { Source: null, TunedOn: null }, evaluation.Source is null ? "tunedOn" : "source", "This is for texts, and these are images.", "Remove it.");
        Require(evaluation is { Rewards: null, Emulated: null }, evaluation.Rewards is null ? "emulated" : "rewards", "This is for texts, and these are images.", "Give 'scores' with the reward's.");
        Require(evaluation.Scores is not null || evaluation.Models is not null || evaluation.Subject is not null, "scores", "There is nothing to evaluate.", "Give 'scores' to compare, 'models' to time, or a 'subject' to judge.");
        if (evaluation.Scores is { TunedSource: not null, Source: null })
            Report("scores.tunedSource", "EFT also needs the bare source: target + (tunedSource - source).", "Add 'source', or remove 'tunedSource'.");
    }

    private void LabelPrompt(string? prompt, DataSpec data)
    {
        if (prompt is null) return;
        Require(data.Dataset is ImageDatasetSpec, "labelPrompt", "A label's prompt is for images, and these are texts.", "Remove it.");
        Require(prompt.Contains(LabelPrompts.Place, StringComparison.Ordinal), "labelPrompt", $"The prompt has no {LabelPrompts.Place}, so all labels would read the same.", "Write {} where the label's name stands: 'a photo of a {}.'");
    }

    private void Architecture(ArchitectureSpec architecture, string path)
    {
        if (architecture is VitSpec vit)
            Require(vit.Dim % vit.Heads == 0, $"{path}.heads", $"{vit.Heads} heads do not divide the width {vit.Dim}.", "Choose a 'dim' that is a multiple of 'heads'.");
        if (architecture is DecoderSpec decoder) Decoder(decoder, path);
    }

    private void Data(DataSpec data, string path)
    {
        Dataset(data.Dataset, $"{path}.dataset");
        if (data.Dataset is TextDatasetSpec text) Texts(text, data, path);
        else Images(data, path);
    }

    private void Images(DataSpec data, string path)
    {
        Count(data.Count, data.Split, data.Splits, $"{path}.count");
        Require(data.Splits.By is null, $"{path}.splits.by", "This is for texts, and these are images.", "Remove it.");
        Require(data.Splits.Shares is null, $"{path}.splits.shares", "Shares are for texts.", "Write 'pretraining', 'tuning' and 'validation' as numbers of rows.");
        foreach (var (name, isSet) in new[] { ("maxTokens", data.MaxTokens is not null), ("tooLong", data.TooLong is not null), ("packing", data.Packing is not null), ("loss", data.Loss is not null) })
            Require(!isSet, $"{path}.{name}", $"'{name}' is for texts, and these are images.", "Remove it, or write 'kind: text' under 'dataset'.");
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
        Require(count is null || count <= rows, path, $"{count} examples are requested, but the split has {rows}.", "Request fewer, or enlarge the split under 'splits'.");
    }

    private void Dataset(IDatasetSpec dataset, string path)
    {
        Location(dataset.Location, $"{path}.location");
        foreach (var (key, file) in dataset.Declared()) Below(file.Path, $"{path}.{key}.path", "the data set's location");
        Labels(dataset is ImageDatasetSpec images ? images.Labels : (dataset as TextDatasetSpec)?.Labels ?? [], $"{path}.labels");
    }

    private void Below(string file, string path, string where)
    {
        var inside = file.Length > 0 && !Path.IsPathRooted(file) && !file.Split('/', '\\').Contains("..");
        Require(!file.Any(char.IsControl), path, "The path contains a control character.", "Write the file's name as it is.");
        Require(inside, path, $"{Shown.Name(file)} is not below {where}.", "Write a relative path without '..'.");
    }

    private void Labels(string[] labels, string path)
    {
        var seen = new HashSet<string>();
        for (var i = 0; i < labels.Length; i++)
        {
            var label = labels[i];
            Require(label.Length is > 0 and <= IDatasetSpec.MaxLabel, $"{path}[{i}]", label.Length == 0 ? "A label needs a name." : $"A label's name has {label.Length:N0} characters; the limit is {IDatasetSpec.MaxLabel}.", "Write the name of the label with this number.");
            Require(seen.Add(label), $"{path}[{i}]", $"The label {Shown.Name(label)} appears twice.", "Give each label its own name.");
        }
    }

    private static bool HaveSameLabels(IDatasetSpec one, IDatasetSpec other) =>
        (one, other) is (ImageDatasetSpec a, ImageDatasetSpec b) ? a.Labels.AsSpan().SequenceEqual(b.Labels) : one.GetType() == other.GetType();

    private void Location(string location, string path)
    {
        if (location == IDatasetSpec.Uploads) return;
        if (!DatasetAddress.IsAddress(location))
        {
            // It is not repeated: an address of another kind may hold a password.
            var shown = location.Contains("://", StringComparison.Ordinal) ? "The location" : Shown.Name(location);
            Require(Path.IsPathFullyQualified(location), path, $"{shown} is neither a full path nor an http(s) address.", "Write the folder's full path, or an address that starts with https://.");
            Require(!location.Any(char.IsControl), path, "The location contains a control character.", "Write the folder's full path as it is.");
            return;
        }
        var address = DatasetAddress.Parse(location);
        Require(address is not null, path, "The location is not a valid http(s) address.", "Write it as https://HOST/PATH.");
        if (address?.Problem() is { } problem)
            Report(path, problem, "Replace the secret by ${NAME}, and set PTUNE_Worker__Secrets__NAME where workers run.");
    }

    private static bool IsLabelValue(string value) => value.Length is > 0 and <= Needs.MaxLabelValue && !value.Any(char.IsControl);

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._/-]{0,62}\z")]
    private static partial Regex LabelForm();

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._@-]{0,62}\z")]
    private static partial Regex NameForm();
}
