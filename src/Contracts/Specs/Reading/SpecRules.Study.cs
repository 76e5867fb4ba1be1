using Ptune.Contracts.Studies;

namespace Ptune.Contracts.Specs.Reading;

/// <summary>What must hold in a transfer study.</summary>
internal sealed partial class SpecRules
{
    private void Study(TransferStudySpec study)
    {
        Dataset(study.Dataset, "dataset");
        Count(study.TuningExamples, Split.Tuning, study.Splits, "tuningExamples");
        Require(study.EvaluateOn is Split.Test or Split.Validation, "evaluateOn", "A study compares on examples that no model was trained on.", "Write test, or validation to choose settings.");
        foreach (var (name, model) in study.Models) Model(name, model, study.Splits);
        Known(study.Source, "source", study.Models.Keys);
        var targets = new HashSet<string>();
        for (var i = 0; i < study.Targets.Length; i++)
        {
            var (target, path) = (study.Targets[i], $"targets[{i}]");
            Known(target, path, study.Models.Keys);
            Require(target != study.Source, path, $"{Shown.Name(target)} is the source.", "The source has its own row in the result; name other models as targets.");
            Require(targets.Add(target), path, $"{Shown.Name(target)} appears twice.", "Name each target once.");
        }
        Seeds(study.Seeds);
        var jobs = StudyPlanner.Count(study);
        Require(jobs <= SpecLimits.StudyJobs, "seeds", $"The study has {jobs:N0} jobs; the limit is {SpecLimits.StudyJobs:N0}.", "Use fewer seeds or targets, or several studies: jobs that they share are computed once.");
    }

    private void Known(string name, string path, IReadOnlyCollection<string> models)
    {
        if (models.Contains(name)) return;
        // The nearest name is looked for only where it will be read.
        var near = IsListed(path) ? Nearest.Of(name, models) : null;
        Report(path, $"{Shown.Name(name)} is not among the models.", near is null ? $"Add it under 'models', or name one of {Shown.Names(models)}." : $"Did you mean {Shown.Name(near)}?");
    }

    private void Model(string name, StudyModel model, SplitsSpec splits)
    {
        var path = $"models.{name}";
        Require(InputRef.IsAlias(name), path, $"{Shown.Name(name)} is not a valid model name.", "Write name@version, as in vit@v1.");
        if (model.Artifact is { } artifact)
        {
            Require(InputRef.IsAlias(artifact) || InputRef.IsDigest(artifact), $"{path}.artifact", $"{Shown.Name(artifact)} is not a reference to an artifact.", "Write name@version or sha256:DIGEST.");
            Require(model.Architecture is null && model.Pretraining is null, path, "The model is both taken from the store and pretrained.", "Give either 'artifact', or 'architecture' with 'pretraining'.");
            return;
        }
        Require(model.Architecture is not null && model.Pretraining is not null, path, "The model has no origin.", "Give 'artifact', or 'architecture' with 'pretraining'.");
        if (model.Architecture is not null) Architecture(model.Architecture, $"{path}.architecture");
        if (model.Pretraining is not null) Count(model.Pretraining.Count, Split.Pretraining, splits, $"{path}.pretraining.count");
    }
}
