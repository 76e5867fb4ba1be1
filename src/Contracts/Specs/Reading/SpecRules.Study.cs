namespace Ptune.Contracts.Specs.Reading;

/// <summary>What must hold in a transfer study.</summary>
internal sealed partial class SpecRules
{
    private void Study(TransferStudySpec study)
    {
        Dataset(study.Dataset, "dataset");
        Count(study.Labels, Split.Tuning, study.Splits, "labels");
        Require(study.EvaluateOn is Split.Test or Split.Validation, "evaluateOn", "A study is compared on examples that nothing was trained on.", "Write test, or validation to choose settings.");
        foreach (var (name, model) in study.Models) Model(name, model, study.Splits);
        Known(study.Source, "source", study.Models);
        for (var i = 0; i < study.Targets.Length; i++)
        {
            Known(study.Targets[i], $"targets[{i}]", study.Models);
            Require(study.Targets[i] != study.Source, $"targets[{i}]", $"'{study.Targets[i]}' is the source.", "Its own row is printed anyway; name other models as targets.");
            Require(Array.IndexOf(study.Targets, study.Targets[i]) == i, $"targets[{i}]", $"'{study.Targets[i]}' stands twice.", "Name each target once.");
        }
        for (var i = 0; i < study.Seeds.Length; i++)
            Require(Array.IndexOf(study.Seeds, study.Seeds[i]) == i, $"seeds[{i}]", $"Seed {study.Seeds[i]} stands twice: it would be the same run.", "Give different seeds.");
    }

    private void Known(string name, string path, Dictionary<string, StudyModel> models)
    {
        if (models.ContainsKey(name)) return;
        var near = Nearest.Of(name, models.Keys);
        Report(path, $"'{name}' is not among the models.", near is null ? $"Add it under 'models', or name one of {string.Join(", ", models.Keys)}." : $"Did you mean '{near}'?");
    }

    private void Model(string name, StudyModel model, SplitsSpec splits)
    {
        var path = $"models.{name}";
        Require(InputRef.IsAlias(name), path, $"'{name}' is no name for a model.", "Write name@version, as in vit@v1.");
        if (model.Artifact is { } artifact)
        {
            Require(InputRef.IsAlias(artifact) || InputRef.IsDigest(artifact), $"{path}.artifact", $"'{artifact}' names nothing in the store.", "Write name@version or sha256:DIGEST.");
            Require(model.Architecture is null && model.Pretraining is null, path, "The model is taken from the store and pretrained, too.", "Give either 'artifact', or 'architecture' with 'pretraining'.");
            return;
        }
        Require(model.Architecture is not null && model.Pretraining is not null, path, "The model comes from nowhere.", "Give 'artifact', or 'architecture' with 'pretraining'.");
        if (model.Architecture is not null) Architecture(model.Architecture, $"{path}.architecture");
        if (model.Pretraining is not null) Count(model.Pretraining.Count, Split.Pretraining, splits, $"{path}.pretraining.count");
    }
}
